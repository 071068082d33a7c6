package dev.drover.controller.cli;

import dev.drover.controller.client.Client;
import dev.drover.controller.client.Type;
import dev.drover.controller.client.Where;
import dev.drover.manifests.model.Hold;
import dev.drover.manifests.model.HoldSpec;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Metadata;
import dev.drover.manifests.model.Resource;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// `drover hold KIND NAME --why …`: the object stays as it is; loops say what they would do to it.
/// Without parameters: what is held.
final class HoldCommand implements Command {

    @Override
    public CommandSpec spec() {
        return Options.shows(
                        "hold",
                        "Keeps a job or a node as it is until it is released; lists what is held.",
                        List.of(
                                "drover hold job web -why 'we look into it' -until 2h",
                                "drover hold"))
                .addPositional(Options.optional(0, "KIND", "job or node."))
                .addPositional(Options.optional(1, "NAME", "Its name, or the beginning of it."))
                .addOption(Options.text("TEXT", "Why.", "--why"))
                .addOption(
                        Options.text(
                                "WHEN",
                                "Until when: 2h, or a time (default: released).",
                                "--until"))
                .addOption(Options.text("NAME", "Who holds it (default: you).", "--who"));
    }

    @Override
    public int run(Invocation invocation) throws IOException, CommandFailure {
        Client client = invocation.client();
        Optional<String> kind = invocation.parameter(0);
        if (kind.isEmpty()) {
            list(client, invocation);
            return 0;
        }
        Resource target = target(kind.get(), invocation);
        String why =
                invocation
                        .text("--why")
                        .filter(text -> !text.isBlank())
                        .orElseThrow(() ->
                                new CommandFailure(
                                        "why?",
                                        "others find an object that does not move, and nobody to ask",
                                        "say -why TEXT"));
        Optional<String> until = invocation.text("--until");
        Optional<Instant> end =
                until.isPresent()
                        ? Optional.of(Wish.moment(until.get(), "-until", invocation.now()))
                        : Optional.empty();
        if (end.filter(time -> !time.isAfter(invocation.now())).isPresent()) {
            throw new CommandFailure(
                    "-until " + until.orElseThrow() + " is over already",
                    "a hold ends in the time to come, or when somebody releases it",
                    "write how long (2h) or when, or leave it out");
        }
        String name = target.metadata().name();
        Hold hold =
                new Hold(
                        Metadata.named(namespace(target), Hold.nameOf(target.kind(), name)),
                        new HoldSpec(target.kind(), name, who(invocation), why, end));
        Optional<Hold> before = client.find(Type.HOLDS, hold.name());
        client.apply(Type.HOLDS, hold);
        String was = before.map(old -> "; it was " + old.text()).orElse("");
        invocation
                .out()
                .line("%s \"%s\" is %s%s".formatted(target.kind().text(), name, hold.text(), was));
        return 0;
    }

    /// Where a hold is kept: a node's where everybody looks, for nodes have no namespace.
    private static String namespace(Resource target) {
        return target.kind().namespaced()
                ? target.metadata().namespace()
                : Metadata.DEFAULT_NAMESPACE;
    }

    /// The holds of a namespace, and those on nodes.
    static List<Hold> holds(Client client, Invocation invocation) throws IOException {
        return client.list(Type.HOLDS, "", Where.ANY).items().stream()
                .filter(hold ->
                        hold.spec().kind() == Kind.NODE
                                || hold.metadata().namespace().equals(invocation.namespace()))
                .toList();
    }

    private static String who(Invocation invocation) {
        return invocation
                .text("--who")
                .or(() -> Optional.ofNullable(invocation.session().environment().get("USER")))
                .filter(text -> !text.isBlank())
                .orElse("somebody");
    }

    /// The object that is meant.
    static Resource target(String kind, Invocation invocation) throws IOException, CommandFailure {
        Kind found =
                Kind.of(kind)
                        .filter(k -> k == Kind.JOB || k == Kind.NODE)
                        .or(() -> kind.equals("node") ? Optional.of(Kind.NODE) : Optional.empty())
                        .orElseThrow(() ->
                                new CommandFailure(
                                        "a \"" + kind + "\" cannot be held",
                                        "jobs and nodes can: the rest follows them",
                                        "write `drover hold job NAME` or `drover hold node NAME`"));
        String name =
                invocation
                        .parameter(1)
                        .orElseThrow(
                                () -> new CommandFailure("which " + kind + "?", "", "name it"));
        return new Lookup(invocation.client(), invocation.namespace()).one(Type.of(found), name);
    }

    private static void list(Client client, Invocation invocation)
            throws IOException, CommandFailure {
        List<Hold> holds = holds(client, invocation);
        if (Documents.print(holds, invocation)) {
            return;
        }
        if (holds.isEmpty()) {
            invocation.out().line("Nothing is held");
            return;
        }
        invocation
                .out()
                .table(
                        new Table(
                                List.of("Kind", "Name", "Who", "Until", "Why"),
                                holds.stream().map(h -> row(h, invocation.now())).toList()));
    }

    private static List<String> row(Hold hold, Instant now) {
        String until = hold.spec().until().map(Times::stamp).orElse("released");
        return List.of(
                hold.spec().kind().text(),
                hold.spec().name(),
                hold.spec().who(),
                hold.spec().at(now) ? until : until + " (over)",
                hold.spec().why());
    }
}
