package dev.drover.controller.cli;

import dev.drover.controller.client.Client;
import dev.drover.controller.client.Operations;
import dev.drover.controller.client.Type;
import dev.drover.manifests.model.Deployment;
import dev.drover.manifests.model.Value;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// `drover deployment pause|resume|fail ID`: what somebody wants of a deployment that goes on.
///
/// @param done in the sentence that is said afterwards
record DeploymentWish(String word, String summary, Map<String, Value> change, String done)
        implements Command {
    DeploymentWish {
        change = Map.copyOf(change);
    }

    static DeploymentWish pause() {
        return new DeploymentWish(
                "pause",
                "Begins nothing new of a deployment until it is resumed.",
                Map.of("paused", Wish.flag(true)),
                "is paused");
    }

    static DeploymentWish resume() {
        return new DeploymentWish(
                "resume",
                "Lets a paused deployment go on.",
                Map.of("paused", Wish.flag(false)),
                "goes on");
    }

    static DeploymentWish fail() {
        return new DeploymentWish(
                "fail",
                "Gives a deployment up; the job goes back to its last stable version if it says so.",
                Map.of("failed", Wish.flag(true)),
                "is given up");
    }

    @Override
    public CommandSpec spec() {
        return Options.client(
                        "deployment " + word,
                        summary,
                        List.of(
                                "drover deployment " + word + " 1f2e",
                                "drover deployment " + word + " -n prod web"))
                .addOption(Options.flag("As Nomad has it: nothing is waited for.", "--detach"))
                .addPositional(Deployments.parameter());
    }

    @Override
    public int run(Invocation invocation) throws IOException, CommandFailure {
        Client client = invocation.client();
        Deployment deployment = Deployments.meant(invocation.required(0), client, invocation);
        String title = "eployment \"%s\" ".formatted(Ids.brief(deployment.metadata().name()));
        if (!deployment.status().phase().active()) {
            throw new CommandFailure(
                    "d" + title + "is over",
                    deployment.status().because(),
                    "`drover deployment list "
                            + deployment.spec().jobName()
                            + "` shows what goes on");
        }
        Optional<String> asItIs = asItIs(deployment.spec().paused());
        if (asItIs.isEmpty()) {
            new Operations(client).patch(Type.DEPLOYMENTS, deployment.name(), change);
        }
        invocation.out().line("D" + title + asItIs.orElse(done));
        return 0;
    }

    /// What to say where the wish changes nothing.
    private Optional<String> asItIs(boolean paused) {
        return switch (word) {
            case "resume" -> Optional.of("is not paused").filter(_ -> !paused);
            case "pause" -> Optional.of("is paused already").filter(_ -> paused);
            case String _ -> Optional.empty();
        };
    }
}
