package dev.drover.node.driver.raw;

import dev.drover.manifests.model.DriverState;
import dev.drover.manifests.wire.TerminalSize;
import dev.drover.node.driver.Config;
import dev.drover.node.driver.Driver;
import dev.drover.node.driver.Execution;
import dev.drover.node.driver.HostExecution;
import dev.drover.node.driver.Recovery;
import dev.drover.node.driver.Start;
import dev.drover.node.driver.SupervisedTask;
import dev.drover.node.driver.TaskRun;
import dev.drover.node.supervision.Account;
import dev.drover.node.supervision.Adoption;
import dev.drover.node.supervision.Launch;
import dev.drover.node.supervision.Supervisor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Runs a program of the host. Config: `command`, `args`, `work_dir`.
public final class RawExecDriver implements Driver {
    private static final Set<String> KEYS = Set.of("command", "args", "work_dir", "workDir");

    private final Supervisor supervisor;

    /// Runs its tasks under `supervisor`.
    public RawExecDriver(Supervisor supervisor) {
        this.supervisor = supervisor;
    }

    @Override
    public String name() {
        return "raw_exec";
    }

    @Override
    public DriverState fingerprint() {
        String missing = supervisor.missing().orElse("");
        return new DriverState(missing.isEmpty(), missing, Map.of("isolation", "none"));
    }

    @Override
    public Start start(TaskRun run) throws IOException, InterruptedException {
        if (!run.own().mounts().isEmpty()) {
            return new Start.Refused(
                    "raw_exec has no walls to mount a volume in: use exec, java or jail, or the"
                            + " folder of the node itself");
        }
        try {
            Launch launch = launch(run);
            return new Start.Started(
                    new SupervisedTask(
                            supervisor.start(run.place(), launch),
                            (command, terminal) -> exec(run, command, terminal)));
        } catch (Config.Mistake mistake) {
            return new Start.Refused(mistake.because());
        }
    }

    @Override
    public Recovery recover(TaskRun run) throws IOException, InterruptedException {
        return switch (supervisor.adopt(run.place())) {
            case Adoption.Adopted(var supervised) ->
                    new Recovery.Found(
                            new SupervisedTask(
                                    supervised,
                                    (command, terminal) -> exec(run, command, terminal)));
            case Adoption.NeverStarted() -> new Recovery.NeverStarted();
        };
    }

    private static Launch launch(TaskRun run) throws IOException, Config.Mistake {
        Config config = new Config(run.config()).only(KEYS);
        List<String> command = new ArrayList<>();
        command.add(Programs.find(config.text("command"), run).toString());
        command.addAll(config.texts("args"));
        return new Launch.Program(
                command,
                run.environment(),
                workFolder(config, run),
                account(run),
                run.own().pinned());
    }

    private static Optional<Account> account(TaskRun run) throws IOException, Config.Mistake {
        if (run.user().isEmpty()) {
            return Optional.empty();
        }
        String user = run.user().get();
        Optional<Account> account = Account.find(user);
        if (account.isEmpty()) {
            throw new Config.Mistake("user \"" + user + "\" does not exist on this node");
        }
        return account;
    }

    private static Path workFolder(Config config, TaskRun run) throws Config.Mistake {
        Optional<String> written = config.optionalText("work_dir");
        if (written.isEmpty()) {
            written = config.optionalText("workDir");
        }
        return written.map(run.folders().home()::resolve).orElse(run.folders().home());
    }

    /// As the task runs: by its user, on its processors.
    private static Execution exec(
            TaskRun run, List<String> command, Optional<TerminalSize> terminal) throws IOException {
        List<String> words = new ArrayList<>(run.own().pinned());
        try {
            account(run).map(Account::switchTo).ifPresent(words::addAll);
        } catch (Config.Mistake gone) {
            throw new IOException(gone.because(), gone);
        }
        words = new ArrayList<>(Supervisor.absolute(words));
        words.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(words).directory(run.folders().home().toFile());
        builder.environment().clear();
        builder.environment().putAll(run.environment());
        if (terminal.isPresent()) {
            builder.environment().putIfAbsent("TERM", "xterm");
        }
        return HostExecution.start(builder, terminal);
    }
}
