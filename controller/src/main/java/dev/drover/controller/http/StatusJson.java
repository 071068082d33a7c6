package dev.drover.controller.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/// Kubernetes' `Status` object, as clients expect a failure.
public final class StatusJson {
    private StatusJson() {}

    /// The failure as one line of JSON.
    public static String of(Failure failure) {
        JsonObject details = new JsonObject();
        if (!failure.about().plural().isEmpty()) {
            details.put("group", "drover.dev")
                    .put("kind", failure.about().plural())
                    .put("name", failure.about().name());
        }
        if (!failure.causes().isEmpty()) {
            JsonArray causes = new JsonArray();
            failure.causes().forEach(cause -> causes.add(of(cause)));
            details.put("causes", causes);
        }
        return new JsonObject()
                .put("kind", "Status")
                .put("apiVersion", "v1")
                .put("metadata", new JsonObject())
                .put("status", "Failure")
                .put("message", failure.message())
                .put("reason", failure.reason().text())
                .put("details", details)
                .put("code", failure.reason().code())
                .encode();
    }

    private static JsonObject of(Failure.Cause cause) {
        return new JsonObject()
                .put("reason", cause.reason())
                .put("field", cause.field())
                .put("message", cause.message());
    }
}
