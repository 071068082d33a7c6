package dev.drover.controller.cli;

import dev.drover.controller.client.Client;
import dev.drover.controller.client.Operations;
import dev.drover.manifests.model.Allocation;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// `drover scale JOB[/GROUP] N`: another count. Nomad's `job scale JOB [GROUP] N` works too.
final class ScaleCommand implements Command {

    @Override
    public CommandSpec spec() {
        return Options.client(
                        "scale",
                        "Changes how many copies of a group run.",
                        List.of("drover scale web 5", "drover scale -detach web/app 5"))
                .addPositional(
                        Options.several(
                                "JOB[/GROUP] N",
                                "A job (and group, when it has several), a count."))
                .addOption(Options.flag("Only submits.", "--detach"));
    }

    @Override
    public int run(Invocation invocation) throws IOException, CommandFailure, InterruptedException {
        List<String> words = invocation.parameters();
        if (words.size() < 2 || words.size() > 3) {
            throw new CommandFailure(
                    "scale what to what?", "", "write `drover scale JOB[/GROUP] N`");
        }
        GroupOf typed = GroupOf.typed(words.getFirst(), invocation);
        GroupOf of =
                words.size() == 3 ? new GroupOf(typed.job(), Optional.of(words.get(1))) : typed;
        int count = Wish.count(words.getLast());
        Client client = invocation.client();
        List<Allocation> before = Listings.allocationsOf(of.job(), client);
        return Submission.of(client, invocation)
                .report(
                        new Operations(client)
                                .scale(of.job().name(), Optional.of(of.one().name()), count),
                        before);
    }
}
