package io.github.graceful4j.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadmeExamplesTests {

    private static final Pattern CLASS = Pattern.compile("(?m)^(?:final )?(?:class|interface) (\\w+)");

    /** What the examples use without showing it. */
    private static final Map<String, String> AROUND = Map.of(
            "OrderStore",
            "interface OrderStore { boolean settleNext(); void flushJournal(); void writeClosingBalance(java.time.Duration d); }",
            "Inbox",
            "interface Inbox { void pause(); long messagesInWork(); }",
            "FileQueue",
            "interface FileQueue { boolean hasNext(); void importNext(); }",
            "Journal",
            "interface Journal { void flush(); void close(); }");

    @TempDir
    Path classes;

    @Test
    @DisplayName("S1: every Java example of the README compiles")
    void examplesCompile() throws IOException {
        List<String> examples = Readme.blocks("java");

        assertThat(examples).hasSizeGreaterThan(3);
        assertThat(compile(examples)).isEmpty();
    }

    @Test
    @DisplayName("S1: an example that does not compile would be noticed")
    void brokenExampleIsNoticed() throws IOException {
        assertThat(compile(List.of("class Broken { io.github.graceful4j.NoSuchManager manager; }")))
                .isNotEmpty();
    }

    private List<Diagnostic<? extends JavaFileObject>> compile(List<String> examples) {
        List<JavaFileObject> sources = new ArrayList<>();
        AROUND.forEach((name, code) -> sources.add(new Source(name, code)));
        examples.forEach(code -> sources.add(new Source(nameOf(code), code)));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        compiler.getTask(
                        null,
                        null,
                        problems,
                        List.of("-proc:none", "--release", "17", "-d", classes.toString()),
                        null,
                        sources)
                .call();
        return problems.getDiagnostics().stream()
                .filter(problem -> problem.getKind() == Diagnostic.Kind.ERROR)
                .<Diagnostic<? extends JavaFileObject>>map(problem -> problem)
                .toList();
    }

    private static String nameOf(String code) {
        Matcher matcher = CLASS.matcher(code);
        assertThat(matcher.find()).as("a class in %s", code).isTrue();
        return matcher.group(1);
    }

    private static final class Source extends SimpleJavaFileObject {

        private final String code;

        private Source(String name, String code) {
            super(URI.create("string:///" + name + ".java"), Kind.SOURCE);
            this.code = code;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return code;
        }
    }
}
