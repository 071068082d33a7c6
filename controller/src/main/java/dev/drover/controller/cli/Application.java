package dev.drover.controller.cli;

import dev.drover.controller.client.Client;
import dev.drover.controller.client.Type;
import dev.drover.controller.client.Written;
import dev.drover.manifests.model.Resource;
import java.io.IOException;
import java.util.Locale;

/// Applies resources one by one and says what became of each.
final class Application {
    private final Client client;
    private final Out out;

    Application(Client client, Out out) {
        this.client = client;
        this.out = out;
    }

    /// Applies one.
    void apply(Resource wanted) throws IOException {
        apply(Type.of(wanted.kind()), wanted);
    }

    private <T extends Resource> void apply(Type<T> type, Resource wanted) throws IOException {
        Written<T> written = client.apply(type, type.record().cast(wanted));
        String kind = wanted.kind().text().toLowerCase(Locale.ROOT);
        out.line(kind + "/" + wanted.metadata().name() + " " + did(written));
    }

    private static String did(Written<?> written) {
        return switch (written) {
            case Written.Created<?> _ -> "created";
            case Written.Changed<?> _ -> "changed";
            case Written.Unchanged<?> _ -> "unchanged";
        };
    }
}
