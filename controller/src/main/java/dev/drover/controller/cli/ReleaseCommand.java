package dev.drover.controller.cli;

import dev.drover.controller.client.Client;
import dev.drover.manifests.model.Hold;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Resource;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `drover release KIND NAME`: loops act on the object again, at once.
final class ReleaseCommand implements Command {

    @Override
    public CommandSpec spec() {
        return Options.client(
                        "release",
                        "Ends every hold on a job or a node.",
                        List.of("drover release job web", "drover release node n1"))
                .addPositional(Options.required(0, "KIND", "job or node."))
                .addPositional(Options.required(1, "NAME", "Its name, or the beginning of it."));
    }

    @Override
    public int run(Invocation invocation) throws IOException, CommandFailure {
        Client client = invocation.client();
        Resource target = HoldCommand.target(invocation.required(0), invocation);
        String called = "%s \"%s\"".formatted(target.kind().text(), target.metadata().name());
        List<Hold> holds =
                HoldCommand.holds(client, invocation).stream()
                        .filter(hold -> hold.spec().kind() == target.kind())
                        .filter(hold -> hold.target().equals(target.name()))
                        .toList();
        for (Hold hold : holds) {
            client.delete(Kind.HOLD, hold.name());
            invocation.out().line(called + " is released; it was " + hold.text());
        }
        if (holds.isEmpty()) {
            invocation.out().line(called + " is not held");
        }
        return 0;
    }
}
