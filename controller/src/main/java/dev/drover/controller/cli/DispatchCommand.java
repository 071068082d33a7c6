package dev.drover.controller.cli;

import dev.drover.controller.client.Client;
import dev.drover.controller.client.Operations;
import dev.drover.controller.client.Written;
import dev.drover.manifests.model.Dispatch;
import dev.drover.manifests.model.Job;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// `drover job dispatch JOB [FILE|-]`: launches a parameterized job with what is brought.
final class DispatchCommand implements Command {
    /// One byte more than the server takes, so that it can say by how much a payload is too large.
    private static final int PAYLOAD_MAX = 1024 * 1024;

    @Override
    public CommandSpec spec() {
        return Options.client(
                        "job dispatch",
                        "Launches a parameterized job with a payload and meta, and follows it.",
                        List.of(
                                "drover job dispatch encode video.json",
                                "drover job dispatch -meta size=small encode -"))
                .addPositional(Options.required(0, "JOB", "A job, or the beginning of its name."))
                .addPositional(
                        Options.optional(1, "FILE", "The payload; - reads what is piped in."))
                .addOption(
                        Options.texts("KEY=VALUE", "Meta that the job asks for.", "--meta")
                                .toBuilder()
                                .arity("1")
                                .build())
                .addOption(
                        Options.text(
                                "TOKEN",
                                "The same token with the same prefix launches once, however often it is"
                                        + " sent.",
                                "--idempotency-token"))
                .addOption(
                        Options.text(
                                "PREFIX",
                                "Comes before the id in the launched job's name.",
                                "--id-prefix",
                                "--id-prefix-template"))
                .addOption(Options.text("N", "Instead of the job's priority.", "--priority"))
                .addOption(Options.flag("Only launches.", "--detach"));
    }

    @Override
    public int run(Invocation invocation) throws IOException, CommandFailure, InterruptedException {
        Client client = invocation.client();
        Job job = new Lookup(client, invocation.namespace()).job(invocation.required(0));
        Optional<String> priority = invocation.text("--priority");
        Dispatch brought =
                new Dispatch(
                        payload(invocation.parameter(1)),
                        meta(invocation.texts("--meta")),
                        invocation.text("--id-prefix"),
                        invocation.text("--idempotency-token"),
                        priority.isPresent()
                                ? Optional.of(Wish.count(priority.get()))
                                : Optional.empty());
        Written<Job> launched = new Operations(client).dispatch(job.name(), brought);
        invocation.out().line("Dispatched Job ID = " + launched.resource().metadata().name());
        return Submission.of(client, invocation).report(launched, List.of());
    }

    private static Optional<String> payload(Optional<String> file)
            throws IOException, CommandFailure {
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in =
                file.get().equals("-") ? System.in : Files.newInputStream(Path.of(file.get()))) {
            return Optional.of(Base64.getEncoder().encodeToString(in.readNBytes(PAYLOAD_MAX)));
        } catch (NoSuchFileException e) {
            throw new CommandFailure(
                    "there is no file " + file.get(), "", "name a file, or - and pipe it in");
        }
    }

    private static Map<String, String> meta(List<String> typed) throws CommandFailure {
        Map<String, String> meta = new HashMap<>();
        for (String pair : typed) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw new CommandFailure("'" + pair + "' is no meta", "", "write -meta KEY=VALUE");
            }
            meta.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        return meta;
    }
}
