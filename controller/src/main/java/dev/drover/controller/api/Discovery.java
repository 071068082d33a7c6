package dev.drover.controller.api;

import dev.drover.manifests.json.RecordJson;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Value;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// What there is, as `kubectl` and client libraries ask for it.
final class Discovery {
    private static final String GROUP = "drover.dev";
    private static final String VERSION = "v1";

    private Discovery() {}

    /// `/api`: there are no core kinds.
    static String core() {
        return Json.of(
                Map.of(
                        "kind", Json.text("APIVersions"),
                        "versions", Json.items(List.of()),
                        "serverAddressByClientCIDRs", Json.items(List.of())));
    }

    /// `/apis`.
    static String groups() {
        return Json.of(
                Map.of(
                        "kind", Json.text("APIGroupList"),
                        "apiVersion", Json.text("v1"),
                        "groups", Json.items(List.of(groupFields(Map.of())))));
    }

    /// `/apis/drover.dev`.
    static String group() {
        return RecordJson.value(
                groupFields(Map.of("kind", Json.text("APIGroup"), "apiVersion", Json.text("v1"))));
    }

    /// `/apis/drover.dev/v1`.
    static String resources() {
        return Json.of(
                Map.of(
                        "kind", Json.text("APIResourceList"),
                        "apiVersion", Json.text("v1"),
                        "groupVersion", Json.text(Kind.API_VERSION),
                        "resources",
                                Json.items(
                                        Stream.concat(
                                                        Arrays.stream(Kind.values())
                                                                .map(Discovery::resource),
                                                        Stream.of(scale()))
                                                .toList())));
    }

    /// `kubectl scale` looks for it beneath the kind.
    private static Value scale() {
        return Json.fields(
                Map.of(
                        "name", Json.text(Kind.JOB.plural() + "/scale"),
                        "singularName", Json.text(""),
                        "namespaced", Json.flag(true),
                        "group", Json.text("autoscaling"),
                        "version", Json.text("v1"),
                        "kind", Json.text("Scale"),
                        "verbs", Json.texts("get", "patch", "update")));
    }

    private static Value resource(Kind kind) {
        return Json.fields(
                Map.of(
                        "name", Json.text(kind.plural()),
                        "singularName", Json.text(kind.text().toLowerCase(Locale.ROOT)),
                        "namespaced", Json.flag(kind.namespaced()),
                        "kind", Json.text(kind.text()),
                        "verbs", verbs(kind),
                        "shortNames", Json.texts(kind.shortName()),
                        "categories", Json.texts("all")));
    }

    private static Value verbs(Kind kind) {
        return switch (kind) {
            case JOB, VARIABLE, GIT_SOURCE, NAMESPACE, HOLD, SCHEDULER_CONFIG ->
                    Json.texts("create", "delete", "get", "list", "patch", "update", "watch");
            case NODE -> Json.texts("delete", "get", "list", "patch", "update", "watch");
            case DEPLOYMENT -> Json.texts("get", "list", "patch", "watch");
            case JOB_VERSION, ALLOCATION, EVALUATION -> Json.texts("get", "list", "watch");
        };
    }

    private static Value groupFields(Map<String, Value> more) {
        Value version =
                Json.fields(
                        Map.of(
                                "groupVersion", Json.text(GROUP + "/" + VERSION),
                                "version", Json.text(VERSION)));
        Map<String, Value> fields = new HashMap<>(more);
        fields.put("name", Json.text(GROUP));
        fields.put("versions", Json.items(List.of(version)));
        fields.put("preferredVersion", version);
        return Json.fields(fields);
    }
}
