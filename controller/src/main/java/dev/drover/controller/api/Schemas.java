package dev.drover.controller.api;

import dev.drover.controller.http.Answer;
import dev.drover.controller.http.Route;
import dev.drover.manifests.json.JsonWriter;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.shape.FieldDocs;
import dev.drover.manifests.shape.SchemaWriter;
import dev.drover.manifests.tree.Made;
import dev.drover.manifests.tree.Tree;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/// OpenAPI 3, as `kubectl explain` asks for it: an index, and one document for the group. Made
/// once, when the routes are: it depends on nothing but the program.
final class Schemas {
    private static final String DOCUMENT = "apis/" + Kind.API_VERSION;

    /// Digits of the hash by which clients know a document that they have.
    private static final int HASH_LENGTH = 32;

    /// What kubectl looks for before it writes: whether the server can try a write out, and checks
    /// fields by itself. (It always does: a field that nobody knows is refused.)
    private static final String[] PATCH_PARAMETERS = {"dryRun", "fieldValidation"};

    private Schemas() {}

    static List<Route> routes() {
        String document = JsonWriter.compact(document());
        String index =
                JsonWriter.compact(
                        Made.block(
                                Made.field(
                                        "paths",
                                        Made.block(
                                                Made.field(
                                                        DOCUMENT,
                                                        Made.block(
                                                                Made.field(
                                                                        "serverRelativeURL",
                                                                        "/openapi/v3/"
                                                                                + DOCUMENT
                                                                                + "?hash="
                                                                                + hash(
                                                                                        document))))))));
        return List.of(
                new Route("GET", "/openapi/v3", "schemas: the index", _ -> Answer.json(index)),
                new Route(
                        "GET",
                        "/openapi/v3/" + DOCUMENT,
                        "schemas: every kind, field by field",
                        _ -> Answer.json(document)));
    }

    private static Tree.Block document() {
        return Made.block(
                Made.field("openapi", "3.0.0"),
                Made.field(
                        "info",
                        Made.block(Made.field("title", "Drover"), Made.field("version", "v1"))),
                Made.field("paths", paths()),
                Made.field(
                        "components",
                        Made.block(Made.field("schemas", SchemaWriter.kinds(FieldDocs.read())))));
    }

    private static Tree.Block paths() {
        List<Tree.Field> paths = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            String in = kind.namespaced() ? "/namespaces/{namespace}/" : "/";
            String all = "/" + DOCUMENT + in + kind.plural();
            paths.add(Made.field(all, Made.block(operation("get", kind, "list"))));
            paths.add(
                    Made.field(
                            all + "/{name}",
                            Made.block(
                                    operation("get", kind, "get"),
                                    operation("patch", kind, "patch", PATCH_PARAMETERS))));
        }
        return Made.block(paths);
    }

    private static Tree.Field operation(
            String method, Kind kind, String action, String... parameters) {
        Tree schema = Made.block(SchemaWriter.reference(kind));
        Tree content =
                Made.block(
                        Made.field("application/json", Made.block(Made.field("schema", schema))));
        Tree answer = Made.block(Made.field("description", "OK"), Made.field("content", content));
        return Made.field(
                method,
                Made.block(
                        Made.field(
                                "parameters",
                                Made.list(Stream.of(parameters).map(Schemas::inQuery).toList())),
                        Made.field("responses", Made.block(Made.field("200", answer))),
                        Made.field("x-kubernetes-action", action),
                        Made.field(
                                "x-kubernetes-group-version-kind", SchemaWriter.recognised(kind))));
    }

    private static Tree inQuery(String parameter) {
        return Made.block(
                Made.field("name", parameter),
                Made.field("in", "query"),
                Made.field("schema", Made.block(Made.field("type", "string"))));
    }

    private static String hash(String document) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(document.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HASH_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
