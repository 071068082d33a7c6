package dev.drover.house;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/// Every Java file of the five modules, parsed by the compiler's own parser (nothing is resolved).
final class Sources {

    /// One parsed file.
    ///
    /// @param path relative to the top folder
    /// @param test whether it lies under `src/test` or `src/bench`
    record Parsed(
            Path path, boolean test, List<String> lines, CompilationUnitTree unit, Trees trees) {

        /// The line on which a tree starts, from 1.
        long line(long position) {
            return unit.getLineMap().getLineNumber(position);
        }

        /// The package it says it is in.
        String packageName() {
            return String.valueOf(unit.getPackageName());
        }
    }

    /// The folder that holds the parent pom: tests run in their module's folder.
    static final Path TOP = Path.of("..").toAbsolutePath().normalize();

    private static final List<String> MODULES =
            List.of("manifests", "store", "reconcilers", "node-daemon", "controller");

    private Sources() {}

    /// All of them, sorted by path.
    static List<Parsed> all() throws IOException {
        List<Path> files = new ArrayList<>();
        for (String module : MODULES) {
            try (Stream<Path> tree = Files.walk(TOP.resolve(module).resolve("src"))) {
                tree.filter(p -> p.toString().endsWith(".java")).sorted().forEach(files::add);
            }
        }
        return parse(files);
    }

    private static List<Parsed> parse(List<Path> files) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            var task =
                    (JavacTask)
                            compiler.getTask(
                                    null,
                                    manager,
                                    null,
                                    List.of("-proc:none"),
                                    null,
                                    manager.getJavaFileObjectsFromPaths(files));
            Trees trees = Trees.instance(task);
            List<Parsed> parsed = new ArrayList<>();
            for (CompilationUnitTree unit : task.parse()) {
                Path path = Path.of(unit.getSourceFile().toUri());
                parsed.add(
                        new Parsed(
                                TOP.relativize(path),
                                path.toString().matches(".*/src/(test|bench)/.*"),
                                Files.readAllLines(path),
                                unit,
                                trees));
            }
            return List.copyOf(parsed);
        }
    }
}
