package dev.drover.controller.cli;

import dev.drover.controller.client.Client;
import dev.drover.controller.client.Type;
import dev.drover.controller.client.Written;
import dev.drover.manifests.diff.ResourceDiff;
import dev.drover.manifests.model.Resource;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/// What writing a resource would change of what is stored.
final class Rehearsal {
    private Rehearsal() {}

    /// `job/web`.
    static String name(Resource resource) {
        return resource.kind().text().toLowerCase(Locale.ROOT) + "/" + resource.metadata().name();
    }

    /// What differs; empty when nothing does. The server itself says whether a write would change
    /// anything: nobody else knows better what counts as a change.
    static Optional<DiffPage.Stored> of(Resource wanted, Client client) throws IOException {
        return switch (rehearse(Type.of(wanted.kind()), wanted, client)) {
            case Written.Created<?> _ ->
                    Optional.of(new DiffPage.Stored(name(wanted), true, ResourceDiff.none()));
            case Written.Changed<?> _ -> Optional.of(changed(wanted, client));
            case Written.Unchanged<?> _ -> Optional.empty();
        };
    }

    private static DiffPage.Stored changed(Resource wanted, Client client) throws IOException {
        Optional<? extends Resource> stored = client.find(Type.of(wanted.kind()), wanted.name());
        ResourceDiff fields =
                stored.isPresent()
                        ? ResourceDiff.between(stored.get(), wanted)
                        : ResourceDiff.none();
        return new DiffPage.Stored(name(wanted), false, fields);
    }

    private static <T extends Resource> Written<T> rehearse(
            Type<T> type, Resource wanted, Client client) throws IOException {
        return client.rehearse(type, type.record().cast(wanted));
    }
}
