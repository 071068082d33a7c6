package dev.drover.controller.cli;

import dev.drover.controller.client.Client;
import dev.drover.controller.client.Refused;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Resource;
import dev.drover.manifests.model.ResourceName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;

/// `drover delete KIND NAME…` and `drover delete -f FILE…`: resources go, and what lives by them.
/// Names are whole names here: the beginning of one is no reason to delete it.
final class DeleteCommand implements Command {
    private static final int NOT_FOUND = 404;

    @Override
    public CommandSpec spec() {
        return Manifested.options(
                Options.client(
                                "delete",
                                "Deletes resources, and what lives by them; a job is stopped first.",
                                List.of(
                                        "drover delete variable app",
                                        "drover delete job web api",
                                        "drover delete job/web variable/app",
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
        for (Target target : targets(words, invocation.namespace())) {
            delete(client, target.kind(), target.name(), invocation.out());
        }
        return 0;
    }

    private record Target(Kind kind, ResourceName name) {
        static Target of(String kind, String name, String namespace) throws CommandFailure {
            Kind known = GetCommand.kind(kind);
            return new Target(
                    known,
                    known.namespaced()
                            ? new ResourceName(namespace, name)
                            : ResourceName.cluster(name));
        }
    }

    /// `job web api`, or `job/web variable/app`. All are known before the first is deleted.
    private static List<Target> targets(List<String> words, String namespace)
            throws CommandFailure {
        List<Target> targets = new ArrayList<>();
        if (KindName.of(words.getFirst()).name().isEmpty()) {
            String kind = words.getFirst();
            for (String name : words.subList(1, words.size())) {
                targets.add(Target.of(kind, name, namespace));
            }
            if (targets.isEmpty()) {
                throw unnamed(kind);
            }
            return targets;
        }
        for (String word : words) {
            KindName typed = KindName.of(word);
            if (typed.name().isEmpty()) {
                throw unnamed(word);
            }
            targets.add(Target.of(typed.kind(), typed.name().get(), namespace));
        }
        return targets;
    }

    private static CommandFailure unnamed(String word) throws CommandFailure {
        return new CommandFailure(
                "no " + GetCommand.kind(word).text() + " is named",
                "nothing is deleted by its kind alone",
                "write `drover delete " + word + " NAME`");
    }

    private static void delete(Client client, Kind kind, ResourceName name, Out out)
            throws IOException, CommandFailure {
        boolean gone;
        try {
            gone = client.delete(kind, name);
        } catch (Refused e) {
            if (e.code() != NOT_FOUND) {
                throw e;
            }
            throw Lookup.absent(kind, name);
        }
        out.line(
                "%s \"%s\" %s"
                        .formatted(
                                kind.text().toLowerCase(Locale.ROOT),
                                name.name(),
                                gone ? "deleted" : "goes as soon as nothing lives by it any more"));
    }
}
