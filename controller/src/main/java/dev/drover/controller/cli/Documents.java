package dev.drover.controller.cli;

import dev.drover.manifests.json.JsonReader;
import dev.drover.manifests.json.JsonWriter;
import dev.drover.manifests.json.RecordJson;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Resource;
import dev.drover.manifests.tree.Source;
import dev.drover.manifests.tree.Tree;
import dev.drover.manifests.yaml.YamlWriter;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Resources as documents, for programs and for people who keep them: what `-o json` and `-o yaml`
/// print.
final class Documents {
    private Documents() {}

    /// Prints one resource as a document if that is the format asked for; says whether it did.
    static boolean print(Resource resource, Invocation invocation) throws CommandFailure {
        return print(() -> RecordJson.manifest(resource), invocation);
    }

    /// Prints an answer that is no resource as a document if that is the format asked for; says
    /// whether it did.
    static boolean printAnswer(Record answer, Invocation invocation) throws CommandFailure {
        return print(() -> RecordJson.text(answer), invocation);
    }

    /// Prints resources as one document, a `List` as Kubernetes has it, if that is the format asked
    /// for; says whether it did.
    static boolean print(List<? extends Resource> resources, Invocation invocation)
            throws CommandFailure {
        return print(() -> list(resources), invocation);
    }

    private static String list(List<? extends Resource> resources) {
        String items =
                resources.stream().map(RecordJson::manifest).collect(Collectors.joining(","));
        return "{\"apiVersion\":\""
                + Kind.API_VERSION
                + "\",\"kind\":\"List\",\"items\":["
                + items
                + "]}";
    }

    private static Tree tree(String json) {
        return JsonReader.read(new Source("JSON", json)).documents().getFirst();
    }

    /// Prints a JSON text as a document if that is the format asked for; says whether it did.
    static boolean print(Supplier<String> json, Invocation invocation) throws CommandFailure {
        return switch (invocation.format()) {
            case TABLE, WIDE -> false;
            case JSON -> {
                invocation.out().data(JsonWriter.pretty(tree(json.get())));
                yield true;
            }
            case YAML -> {
                invocation.out().data(YamlWriter.write(tree(json.get())));
                yield true;
            }
        };
    }
}
