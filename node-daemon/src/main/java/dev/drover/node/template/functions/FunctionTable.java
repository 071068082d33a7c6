package dev.drover.node.template.functions;

import dev.drover.node.template.language.Function;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// All functions a task's template may call, for one rendering.
public final class FunctionTable {

    private final SurroundingFunctions surrounding;
    private final Map<String, Function> functions;

    private FunctionTable(Surroundings surroundings) {
        this.surrounding = new SurroundingFunctions(surroundings);
        Map<String, Function> all = new HashMap<>(surrounding.functions());
        all.putAll(TextFunctions.ALL);
        all.putAll(NumberFunctions.ALL);
        all.putAll(CollectionFunctions.ALL);
        all.putAll(EncodingFunctions.ALL);
        all.putAll(Sprig.ALL);
        this.functions = Map.copyOf(all);
    }

    /// The table for one rendering: it remembers what that rendering read.
    public static FunctionTable of(Surroundings surroundings) {
        return new FunctionTable(surroundings);
    }

    /// The names, for reading a template.
    public static Set<String> names() {
        return of(Surroundings.none()).functions.keySet();
    }

    /// By their names.
    public Map<String, Function> functions() {
        return functions;
    }

    /// What has been read so far.
    public SortedSet<Dependency> dependencies() {
        return new TreeSet<>(surrounding.dependencies());
    }
}
