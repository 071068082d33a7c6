package dev.drover.controller.api;

import dev.drover.controller.http.Call;
import dev.drover.manifests.json.RecordJson;
import dev.drover.manifests.model.Hold;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Resource;
import dev.drover.manifests.model.Value;
import dev.drover.store.Revision;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// How a caller wants to see resources, by the `Accept` header: whole, or as rows of a table.
public sealed interface View {

    /// One resource.
    String one(Resource resource);

    /// Several.
    String list(Kind kind, List<? extends Resource> resources, Page page);

    /// The object of a watch event.
    ///
    /// @param first whether it is the stream's first: a table says its columns once
    String event(Resource resource, boolean first);

    /// What a list says about itself.
    ///
    /// @param next the token of the next page
    record Page(Revision revision, Optional<String> next) {
        String metadata() {
            String more = next.map(t -> ",\"continue\":" + Json.quoted(t)).orElse("");
            return "{\"resourceVersion\":\"%s\"%s}".formatted(revision, more);
        }
    }

    /// What the call asks for.
    ///
    /// @param holds all there are, for tables that say who holds what
    static View of(Call call, InstantSource clock, Supplier<List<Hold>> holds) {
        boolean table = call.header("accept").orElse("").contains("as=Table");
        return table
                ? new Rows(call.query("includeObject").orElse("Metadata"), clock, holds)
                : new Whole();
    }

    /// The resources themselves.
    record Whole() implements View {
        @Override
        public String one(Resource resource) {
            return RecordJson.manifest(resource);
        }

        @Override
        public String list(Kind kind, List<? extends Resource> resources, Page page) {
            return resources.stream()
                    .map(RecordJson::manifest)
                    .collect(
                            Collectors.joining(
                                    ",",
                                    "{\"kind\":\"%sList\",\"apiVersion\":\"%s\",\"metadata\":%s,\"items\":["
                                            .formatted(
                                                    kind.text(), Kind.API_VERSION, page.metadata()),
                                    "]}"));
        }

        @Override
        public String event(Resource resource, boolean first) {
            return one(resource);
        }
    }

    /// `kubectl get`'s tables.
    ///
    /// @param include what of the resource goes with its row: None, Metadata or Object
    /// @param clock for ages: a watch may last
    record Rows(String include, InstantSource clock, Supplier<List<Hold>> holds) implements View {
        @Override
        public String one(Resource resource) {
            return table(resource.kind(), List.of(resource), Optional.empty(), true);
        }

        @Override
        public String list(Kind kind, List<? extends Resource> resources, Page page) {
            return table(kind, resources, Optional.of(page), true);
        }

        @Override
        public String event(Resource resource, boolean first) {
            return table(resource.kind(), List.of(resource), Optional.empty(), first);
        }

        private String table(
                Kind kind,
                List<? extends Resource> resources,
                Optional<Page> page,
                boolean withColumns) {
            List<Column> columns = Column.all(kind, clock.instant(), holds);
            String rows =
                    resources.stream().map(r -> row(columns, r)).collect(Collectors.joining(","));
            return "{\"kind\":\"Table\",\"apiVersion\":\"meta.k8s.io/v1\",\"metadata\":%s,\"columnDefinitions\":%s,\"rows\":[%s]}"
                    .formatted(
                            page.map(Page::metadata).orElse("{}"),
                            withColumns ? definitions(columns) : "[]",
                            rows);
        }

        private String row(List<Column> columns, Resource resource) {
            String cells =
                    RecordJson.value(
                            Json.items(
                                    columns.stream()
                                            .map(c -> Json.text(c.cell().apply(resource)))
                                            .toList()));
            String object =
                    switch (include) {
                        case "None" -> "";
                        case "Object" -> ",\"object\":" + RecordJson.manifest(resource);
                        default -> // what the parameter means when it is not given
                                ",\"object\":{\"kind\":\"PartialObjectMetadata\",\"apiVersion\":\"meta.k8s.io/v1\",\"metadata\":%s}"
                                        .formatted(RecordJson.text(resource.metadata()));
                    };
            return "{\"cells\":" + cells + object + "}";
        }

        private static String definitions(List<Column> columns) {
            return RecordJson.value(
                    Json.items(columns.stream().<Value>map(View.Rows::definition).toList()));
        }

        private static Value definition(Column column) {
            return Json.fields(
                    Map.of(
                            "name", Json.text(column.name()),
                            "type", Json.text("string"),
                            "format", Json.text(column.name().equals("Name") ? "name" : ""),
                            "description", Json.text(""),
                            "priority", Json.number(column.priority())));
        }
    }
}
