package dev.drover.controller.cli;

import dev.drover.controller.client.Client;
import dev.drover.controller.client.Operations;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobVersion;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// `drover job tag JOB VERSION TAG`: a name for a kept version, which keeps it for ever; and
/// Nomad's `job tag apply -version N -name TAG JOB` and `job tag unset -name TAG JOB`.
final class TagCommand implements Command {
    private final boolean unset;

    TagCommand(boolean unset) {
        this.unset = unset;
    }

    @Override
    public CommandSpec spec() {
        return Options.client(
                        unset ? "job tag unset" : "job tag",
                        unset
                                ? "Takes the name of a kept version."
                                : "Gives a kept version of a job a name; it is kept as long as it has one.",
                        unset
                                ? List.of(
                                        "drover job tag unset web golden",
                                        "drover job tag unset -name golden web")
                                : List.of(
                                        "drover job tag web 3 golden",
                                        "drover job tag apply -version 3 -name golden web"))
                .addPositional(
                        Options.several(
                                unset ? "JOB [TAG]" : "JOB [VERSION] [TAG]",
                                "A job, a number of `drover job history`, a name."))
                .addOption(Options.text("N", "The version; the newest if none.", "--version"))
                .addOption(Options.text("TAG", "The name.", "--name"));
    }

    @Override
    public int run(Invocation invocation) throws IOException, CommandFailure {
        List<String> words = invocation.parameters();
        Client client = invocation.client();
        Job job = new Lookup(client, invocation.namespace()).job(words.getFirst());
        Optional<String> last = words.size() > 1 ? Optional.of(words.getLast()) : Optional.empty();
        String tag =
                invocation
                        .text("--name")
                        .or(() -> last)
                        .filter(name -> !name.isBlank())
                        .orElseThrow(() -> unnamed(job));
        int version = unset ? tagged(job, tag, client) : version(job, words, invocation);
        new Operations(client)
                .tag(job.name(), version, unset ? Optional.empty() : Optional.of(tag));
        invocation
                .out()
                .line(
                        "Version %d of job \"%s\" %s \"%s\""
                                .formatted(
                                        version,
                                        job.metadata().name(),
                                        unset ? "is no longer called" : "is called",
                                        tag));
        return 0;
    }

    private CommandFailure unnamed(Job job) {
        String name = job.metadata().name();
        String words = unset ? "unset " + name : name + " " + job.status().version();
        return new CommandFailure(
                "which name?",
                "none is given",
                "write `drover job tag %s NAME`; `drover job history %s` shows those that there are"
                        .formatted(words, name));
    }

    private static int version(Job job, List<String> words, Invocation invocation)
            throws CommandFailure {
        Optional<String> typed =
                invocation
                        .text("--version")
                        .or(() -> words.size() > 2 ? Optional.of(words.get(1)) : Optional.empty());
        return typed.isPresent() ? Wish.count(typed.get()) : job.status().version();
    }

    private static int tagged(Job job, String tag, Client client)
            throws IOException, CommandFailure {
        return Versions.of(job, client).stream()
                .filter(v -> v.spec().tag().filter(tag::equals).isPresent())
                .map(JobVersion::spec)
                .map(spec -> spec.version())
                .findFirst()
                .orElseThrow(() ->
                        new CommandFailure(
                                "no version of the job is called \"" + tag + "\"",
                                "",
                                "`drover job history` shows the names"));
    }
}
