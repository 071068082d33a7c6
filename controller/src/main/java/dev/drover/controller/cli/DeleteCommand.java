package dev.drover.controller.cli;

import dev.drover.controller.client.Client;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Resource;
import dev.drover.manifests.model.ResourceName;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;

/// `drover delete KIND NAME…` and `drover delete -f FILE…`: resources go, and what lives by them.
/// Names are whole names here: the beginning of one is no reason to delete it.
final class DeleteCommand implements Command {

    @Override
    public CommandSpec spec() {
        return Manifested.options(
                Options.client(
                                "delete",
                                "Deletes resources, and what lives by them; a job is stopped first.",
                                List.of(
                                        "drover delete variable app",
                                        "drover delete job web api",
                                        "drover delete -f cluster/"))
                        .addPositional(
                                Options.any("KIND NAME", "A kind, and the names of resources.")));
    }

    @Override
    public int run(Invocation invocation) throws IOException, CommandFailure {
        List<String> words = invocation.parameters();
        Client client = invocation.client();
        if (words.isEmpty()) {
            for (Resource resource : Manifested.bound(List.of(), invocation)) {
                Resource placed = Placed.in(invocation.namespace(), resource);
                delete(client, placed.kind(), placed.name(), invocation.out());
            }
            return 0;
        }
        Kind kind = GetCommand.kind(words.getFirst());
        if (words.size() == 1) {
            throw new CommandFailure(
                    "no " + kind.text() + " is named",
                    "nothing is deleted by its kind alone",
                    "write `drover delete " + words.getFirst() + " NAME`");
        }
        for (String name : words.subList(1, words.size())) {
            ResourceName target =
                    kind.namespaced()
                            ? new ResourceName(invocation.namespace(), name)
                            : ResourceName.cluster(name);
            delete(client, kind, target, invocation.out());
        }
        return 0;
    }

    private static void delete(Client client, Kind kind, ResourceName name, Out out)
            throws IOException {
        boolean gone = client.delete(kind, name);
        out.line(
                "%s \"%s\" %s"
                        .formatted(
                                kind.text().toLowerCase(Locale.ROOT),
                                name.name(),
                                gone ? "deleted" : "goes as soon as nothing lives by it any more"));
    }
}
