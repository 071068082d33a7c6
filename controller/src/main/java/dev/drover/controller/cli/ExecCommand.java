package dev.drover.controller.cli;

import dev.drover.controller.client.Client;
import dev.drover.controller.client.Reply;
import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.wire.ExecFrame;
import dev.drover.manifests.wire.ExecInput;
import dev.drover.manifests.wire.ExecRequest;
import dev.drover.manifests.wire.TerminalSize;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Model.CommandSpec;

/// `drover exec [-it] [-task T] ID COMMAND…`: runs a command beside a task and ends as it does.
final class ExecCommand implements Command {
    private static final long LOOK_AT_SIZE_EVERY_MILLIS = 1_000;
    private static final int LOST = 1;

    @Override
    public CommandSpec spec() {
        CommandSpec spec =
                Options.client(
                                "exec",
                                "Runs a command beside a task, in the same surroundings.",
                                List.of(
                                        "drover exec 1c4f9a02 ls -l local",
                                        "drover exec -it 1c4f9a02 /bin/sh",
                                        "drover exec --task web 1c4f9a02 env < /dev/null"))
                        .addOption(
                                Options.flag(
                                        "Passes on what is typed (as without it).",
                                        "-i",
                                        "--stdin"))
                        .addOption(
                                Options.flag(
                                        "Gives the command a terminal (as without it, when you sit"
                                                + " at one).",
                                        "-t",
                                        "--tty"))
                        .addOption(Options.flag("Both.", "-it", "-ti"))
                        .addOption(Options.flag("Never a terminal.", "--no-tty"))
                        .addOption(
                                Options.text(
                                        "TASK", "A task; needed when there are several.", "--task"))
                        .addPositional(Options.required(0, "ID", Lookup.ALLOCATION))
                        .addPositional(Options.rest(1, "COMMAND", "What to run."));
        spec.parser().stopAtPositional(true);
        return spec;
    }

    @Override
    public int run(Invocation invocation) throws IOException, CommandFailure, InterruptedException {
        Client client = invocation.client();
        Allocation allocation =
                new Lookup(client, invocation.namespace()).allocation(invocation.required(0));
        boolean asked = invocation.flag("--tty") || invocation.flag("-it");
        boolean terminal = !invocation.flag("--no-tty") && (asked || LocalTerminal.present());
        ExecRequest wanted =
                new ExecRequest(
                        invocation.text("--task"),
                        invocation.rest(1),
                        terminal ? Optional.of(LocalTerminal.size()) : Optional.empty());
        try (Reply reply = client.exec(allocation.name(), wanted)) {
            if (!terminal || !LocalTerminal.present()) {
                return converse(client, reply, terminal, invocation.out());
            }
            try (LocalTerminal _ = LocalTerminal.raw()) {
                return converse(client, reply, true, invocation.out());
            }
        }
    }

    private static int converse(Client client, Reply reply, boolean terminal, Out out)
            throws IOException {
        CountDownLatch over = new CountDownLatch(1);
        try {
            for (Optional<ExecFrame> frame = ExecFrame.read(reply.body());
                    frame.isPresent();
                    frame = ExecFrame.read(reply.body())) {
                switch (frame.get().channel()) {
                    case SESSION -> {
                        String session = frame.get().data();
                        daemon("stdin", () -> type(client, session, over));
                        if (terminal && LocalTerminal.present()) {
                            daemon("size", () -> followSize(client, session, over));
                        }
                    }
                    case STDOUT -> out.bytes(frame.get().raw());
                    case STDERR -> out.errorBytes(frame.get().raw());
                    case EXIT -> {
                        return Integer.parseInt(frame.get().data());
                    }
                }
            }
        } finally {
            over.countDown();
        }
        out.error("the connection was lost: how the command ended is not known", "", "");
        return LOST;
    }

    private static void daemon(String name, Runnable work) {
        Thread.ofPlatform().name(name).daemon(true).start(work);
    }

    /// Passes on what is typed, a piece at a time: the next one waits until there is room for it.
    private static void type(Client client, String session, CountDownLatch over) {
        byte[] buffer = new byte[ExecInput.BYTES_MAX];
        try {
            for (int n = System.in.read(buffer);
                    n >= 0 && over.getCount() > 0;
                    n = System.in.read(buffer)) {
                byte[] typed = Arrays.copyOf(buffer, n);
                String base64 = Base64.getEncoder().encodeToString(typed);
                if (!client.give(session, new ExecInput(base64, false, Optional.empty()))) {
                    return;
                }
            }
            if (over.getCount() > 0) {
                client.give(session, new ExecInput("", true, Optional.empty()));
            }
        } catch (IOException gone) {
            // The output ends too, and says so.
        }
    }

    private static void followSize(Client client, String session, CountDownLatch over) {
        try {
            TerminalSize known = LocalTerminal.size();
            while (!over.await(LOOK_AT_SIZE_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                TerminalSize now = LocalTerminal.size();
                if (!now.equals(known)) {
                    client.give(session, new ExecInput("", false, Optional.of(now)));
                    known = now;
                }
            }
        } catch (IOException gone) {
            // The output ends too, and says so.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
