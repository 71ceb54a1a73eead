package io.github.graceful4j.internal.jvm;

import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/**
 * A program for {@link SignalProcessTests} that does what it is told on its standard input, a command a line, and
 * answers "ok" to each. It plays managers, which shut down as long as it wants them to.
 */
final class SignalProgram implements Consumer<String> {

    private final Map<String, PlayedManager> managers = new HashMap<>();

    /** Made by reflection, in another class loader too. */
    SignalProgram() {}

    public static void main(String... arguments) throws Exception {
        SignalProgram program = new SignalProgram();
        Consumer<String> elsewhere = inAnotherLoader();
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String command = commands.readLine(); command != null; command = commands.readLine()) {
            if (command.startsWith("elsewhere ")) {
                elsewhere.accept(command.substring("elsewhere ".length()));
            } else {
                program.accept(command);
            }
            say("ok");
        }
    }

    /** Returns a program of the same classes that a class loader without any relation to this one has loaded again. */
    @SuppressWarnings("unchecked") // it is the same class, but for its loader
    private static Consumer<String> inAnotherLoader() throws Exception {
        List<URL> classPath = new ArrayList<>();
        for (String entry :
                Objects.requireNonNull(System.getProperty("java.class.path")).split(File.pathSeparator, -1)) {
            classPath.add(Path.of(entry).toUri().toURL());
        }
        ClassLoader loader = new URLClassLoader(classPath.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
        var constructor = loader.loadClass(SignalProgram.class.getName()).getDeclaredConstructor();
        constructor.setAccessible(true);
        return (Consumer<String>) constructor.newInstance();
    }

    @SuppressWarnings("SystemOut")
    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    @Override
    public void accept(String command) {
        String[] words = command.split(" ", -1);
        switch (words[0]) {
            case "join" -> managers.put(words[1], new PlayedManager(words[1]));
            case "end" -> Objects.requireNonNull(managers.get(words[1])).end();
            case "foreign" -> installForeign(words[1]);
            default -> throw new IllegalArgumentException(command);
        }
    }

    /** Installs a handler of somebody who knows nothing of this library, and hands signals on at once. */
    private static void installForeign(String name) {
        try {
            Class<?> signalType = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            Object signal = signalType.getConstructor(String.class).newInstance(name);
            Object[] previous = new Object[1];
            Object foreign = Proxy.newProxyInstance(
                    handlerType.getClassLoader(), new Class<?>[] {handlerType}, (proxy, method, arguments) -> {
                        if (!method.getName().equals("handle")) {
                            return "a foreign handler";
                        }
                        say("foreign SIG" + name);
                        return method.invoke(previous[0], arguments);
                    });
            previous[0] =
                    signalType.getMethod("handle", signalType, handlerType).invoke(null, signal, foreign);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A manager, as far as the hub sees one. */
    private static final class PlayedManager implements SignalHub.Subscriber {

        private final String name;
        private final CountDownLatch done = new CountDownLatch(1);
        private final SignalHub.Subscription subscription;

        private PlayedManager(String name) {
            this.name = name;
            this.subscription = SignalHub.ofProcess().subscribe(this);
        }

        private void end() {
            subscription.leave();
            done.countDown();
        }

        @Override
        public void signalled(String signal) {
            say(name + " " + signal);
        }

        @Override
        public void stopSignalled(String signal) {
            say(name + " " + signal);
        }

        @Override
        public void awaitDone() {
            try {
                done.await();
                say(name + " done");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void dump(PrintStream target) {
            target.println("job of " + name);
        }

        @Override
        public void note(String line) {
            say(name + " notes: " + line);
        }
    }
}
