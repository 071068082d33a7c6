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
        List<JobVersion> kept = Versions.of(job, client);
        JobVersion version =
                unset ? tagged(tag, kept) : free(job, tag, version(job, words, invocation), kept);
        new Operations(client)
                .tag(
                        job.name(),
                        version.spec().version(),
                        unset ? Optional.empty() : Optional.of(tag));
        invocation
                .out()
                .line(
                        "Version %d of job \"%s\" %s \"%s\""
                                .formatted(
                                        version.spec().version(),
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

    private static String version(Job job, List<String> words, Invocation invocation)
            throws CommandFailure {
        Optional<String> typed =
                invocation
                        .text("--version")
                        .or(() -> words.size() > 2 ? Optional.of(words.get(1)) : Optional.empty());
        int number = typed.isPresent() ? Wish.count(typed.get()) : job.status().version();
        return Integer.toString(number);
    }

    /// The version, if no other one is called so.
    private static JobVersion free(Job job, String tag, String typed, List<JobVersion> kept)
            throws CommandFailure {
        JobVersion version = Versions.one(job, typed, kept);
        Optional<JobVersion> other =
                holder(tag, kept).filter(v -> v.spec().version() != version.spec().version());
        if (other.isPresent()) {
            throw new CommandFailure(
                    "version %d of job \"%s\" is called \"%s\" already"
                            .formatted(other.get().spec().version(), job.metadata().name(), tag),
                    "a name means one version",
                    "`drover job tag unset %s %s` takes it away first"
                            .formatted(job.metadata().name(), tag));
        }
        return version;
    }

    private static Optional<JobVersion> holder(String tag, List<JobVersion> kept) {
        return kept.stream()
                .filter(v -> v.spec().tag().filter(tag::equals).isPresent())
                .findFirst();
    }

    private static JobVersion tagged(String tag, List<JobVersion> kept) throws CommandFailure {
        return holder(tag, kept)
                .orElseThrow(() ->
                        new CommandFailure(
                                "no version of the job is called \"" + tag + "\"",
                                "",
                                "`drover job history` shows the names"));
    }
}
