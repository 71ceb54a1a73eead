package io.github.graceful4j.report;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.StreamSupport;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LoggingPreferences;

/** The Chromium of this machine, without a window and without a network. Confined to the test's thread. */
final class Chromium implements AutoCloseable {

    /** How a machine gets one. */
    static final String HOW_TO_INSTALL =
            "There is no Chromium with its driver on the PATH, so this was not tried. Install both, on Debian with"
                    + " 'apt-get install chromium chromium-driver'";

    private final ChromeDriver driver;

    private Chromium(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Starts it, or skips the test where there is none. */
    static Chromium start(Path profile) {
        Optional<Path> browser = find("chromium", "chromium-browser", "google-chrome");
        Optional<Path> driver = find("chromedriver");
        assumeTrue(browser.isPresent() && driver.isPresent(), HOW_TO_INSTALL);
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable("browser", Level.ALL);
        logs.enable("performance", Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(browser.orElseThrow().toFile());
        options.setCapability("goog:loggingPrefs", logs);
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-quic",
                "--no-first-run",
                "--hide-scrollbars",
                "--user-data-dir=" + profile);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(driver.orElseThrow().toFile())
                .usingAnyFreePort()
                .build();
        return new Chromium(new ChromeDriver(service, options));
    }

    private static Optional<Path> find(String... names) {
        String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
        return Arrays.stream(names)
                .flatMap(name -> Arrays.stream(path.split(File.pathSeparator)).map(part -> Path.of(part, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    Chromium size(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        return this;
    }

    Chromium theme(String theme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", theme))));
        return this;
    }

    Chromium open(Path page) {
        driver.get(page.toUri().toString());
        return this;
    }

    List<WebElement> all(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    WebElement one(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    /** Evaluates a function body; the page itself can't run any. */
    Object evaluate(String script, Object... arguments) {
        return Objects.requireNonNull(driver.executeScript(script, arguments), script);
    }

    double number(String script, Object... arguments) {
        return ((Number) evaluate(script, arguments)).doubleValue();
    }

    /** Moves the focus on with the keyboard until it is within an element that matches. */
    void tabTo(String selector) {
        for (int i = 0; i < 100; i++) {
            new Actions(driver).sendKeys(Keys.TAB).perform();
            if ((Boolean) evaluate("return document.activeElement.matches(arguments[0])", selector)) {
                return;
            }
        }
        throw new AssertionError("The keyboard does not get to " + selector);
    }

    void press(Keys key) {
        new Actions(driver).sendKeys(key).perform();
    }

    /** Returns the addresses of all that was asked for since the last call. */
    List<String> requests() {
        return entries("performance").stream()
                .filter(entry -> entry.contains("\"Network.requestWillBeSent\""))
                .map(entry -> entry.replaceFirst("(?s).*\"documentURL\":.*?\"url\":\"([^\"]*)\".*", "$1"))
                .distinct()
                .toList();
    }

    /** Returns what the console has, errors and all else. */
    List<String> console() {
        return entries("browser");
    }

    private List<String> entries(String log) {
        return StreamSupport.stream(driver.manage().logs().get(log).spliterator(), false)
                .map(LogEntry::getMessage)
                .toList();
    }

    boolean hasAlert() {
        try {
            driver.switchTo().alert().dismiss();
            return true;
        } catch (org.openqa.selenium.NoAlertPresentException e) {
            return false;
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
