package dev.drover.controller.cli;

import dev.drover.controller.client.Client;
import dev.drover.controller.client.Type;
import dev.drover.controller.client.Where;
import dev.drover.manifests.model.Hold;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Resource;
import dev.drover.manifests.model.ResourceName;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Who holds what, for lists and pages.
///
/// @param holds of the namespace, that are in force
record Held(List<Hold> holds) {
    Held {
        holds = List.copyOf(holds);
    }

    /// Those of the namespace that the command is about.
    static Held in(Client client, Invocation invocation) throws IOException {
        return new Held(
                client.list(Type.HOLDS, invocation.namespace(), Where.ANY).items().stream()
                        .filter(hold -> hold.spec().at(invocation.now()))
                        .toList());
    }

    /// By whom, until when and why; empty when nobody holds it.
    Optional<String> of(Resource target) {
        return of(target.kind(), target.name());
    }

    /// The same of the object of that name.
    Optional<String> of(Kind kind, ResourceName name) {
        return holds.stream()
                .filter(hold -> hold.spec().kind() == kind)
                .filter(hold -> hold.target().equals(name))
                .map(Hold::text)
                .findFirst();
    }

    /// The sentence below the page of an object.
    void show(Resource target, Out out) {
        of(target)
                .ifPresent(text -> {
                    out.blank();
                    out.warning("It is " + text);
                });
    }
}
