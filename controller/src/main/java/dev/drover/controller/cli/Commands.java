package dev.drover.controller.cli;

import java.util.List;
import java.util.Optional;

/// The commands that ask a server or read files.
public final class Commands implements CommandSource {
    private static final List<String> NAMES =
            List.of(
                    "run",
                    "plan",
                    "apply",
                    "diff",
                    "stop",
                    "delete",
                    "status",
                    "get",
                    "history",
                    "logs",
                    "exec",
                    "alloc status",
                    "alloc stop",
                    "node status",
                    "eval status",
                    "eval list",
                    "job history",
                    "job revert",
                    "job tag",
                    "job dispatch",
                    "job periodic force",
                    "scale",
                    "promote",
                    "deployment list",
                    "deployment status",
                    "deployment promote",
                    "deployment pause",
                    "deployment resume",
                    "deployment fail",
                    "node drain",
                    "node eligibility",
                    "operator scheduler get-config",
                    "operator scheduler set-config",
                    "hold",
                    "release",
                    "why",
                    "what-if",
                    "fs",
                    "fs ls",
                    "fs stat",
                    "fs cat",
                    "fs tail",
                    "fs cp",
                    "top",
                    "service list",
                    "service info",
                    "sync status",
                    "system gc",
                    "store stats",
                    "store compact",
                    "validate",
                    "explain",
                    "convert",
                    "version");

    @Override
    public List<String> names() {
        return NAMES;
    }

    /// A switch and not a table of objects: it loads the class that was asked for and no other.
    @Override
    public Optional<Command> find(String words) {
        return switch (words) {
            case "run", "job run" -> Optional.of(new RunCommand());
            case "plan", "job plan" -> Optional.of(new PlanCommand());
            case "apply" -> Optional.of(new ApplyCommand());
            case "diff" -> Optional.of(new DiffCommand());
            case "validate", "job validate" -> Optional.of(new ValidateCommand());
            case "explain" -> Optional.of(new ExplainCommand());
            case "convert" -> Optional.of(new ConvertCommand());
            case "status", "job status" -> Optional.of(new StatusCommand());
            case "stop", "job stop" -> Optional.of(new StopCommand());
            case "delete" -> Optional.of(new DeleteCommand());
            case "logs", "alloc logs" -> Optional.of(new LogsCommand());
            case "eval list" -> Optional.of(new EvalListCommand());
            case "job history" -> Optional.of(new HistoryCommand());
            case "job revert", "revert" -> Optional.of(new RevertCommand());
            case "job tag", "job tag apply" -> Optional.of(new TagCommand(false));
            case "job tag unset" -> Optional.of(new TagCommand(true));
            case "job dispatch", "dispatch" -> Optional.of(new DispatchCommand());
            case "job periodic force" -> Optional.of(new PeriodicForceCommand());
            case "scale", "job scale" -> Optional.of(new ScaleCommand());
            case "promote", "job promote" -> Optional.of(new PromoteCommand(true));
            case "deployment list" -> Optional.of(new DeploymentListCommand());
            case "deployment status" -> Optional.of(new DeploymentStatusCommand());
            case "deployment promote" -> Optional.of(new PromoteCommand(false));
            case "deployment pause" -> Optional.of(DeploymentWish.pause());
            case "deployment resume" -> Optional.of(DeploymentWish.resume());
            case "deployment fail" -> Optional.of(DeploymentWish.fail());
            case "node drain" -> Optional.of(new DrainCommand());
            case "node eligibility" -> Optional.of(new EligibilityCommand());
            case "operator scheduler get-config" -> Optional.of(SchedulerConfigCommand.get());
            case "operator scheduler set-config" -> Optional.of(SchedulerConfigCommand.set());
            case "hold" -> Optional.of(new HoldCommand());
            case "release" -> Optional.of(new ReleaseCommand());
            case "why", "job why" -> Optional.of(new WhyCommand());
            case "what-if", "whatif" -> Optional.of(new WhatIfCommand());
            case "fs", "alloc fs" -> Optional.of(new FsCommand(FsCommand.Sight.EITHER));
            case "fs ls" -> Optional.of(new FsCommand(FsCommand.Sight.NAMES));
            case "fs stat" -> Optional.of(new FsCommand(FsCommand.Sight.ENTRY));
            case "fs cat" -> Optional.of(new FsCommand(FsCommand.Sight.BYTES));
            case "fs tail" -> Optional.of(new FsCommand(FsCommand.Sight.END));
            case "fs cp" -> Optional.of(new FsCpCommand());
            case "exec", "alloc exec" -> Optional.of(new ExecCommand());
            case "top" -> Optional.of(new TopCommand());
            case "service list" -> Optional.of(new ServiceListCommand());
            case "service info" -> Optional.of(new ServiceInfoCommand());
            case "system gc" -> Optional.of(new GcCommand());
            case "history" -> Optional.of(new PastCommand());
            case "store stats" -> Optional.of(new StoreStatsCommand());
            case "store compact" -> Optional.of(new StoreCompactCommand());
            case "get" -> Optional.of(new GetCommand());
            case "alloc status", "alloc-status" -> Optional.of(new AllocStatusCommand());
            case "alloc stop" -> Optional.of(new AllocStopCommand());
            case "node status", "node-status" -> Optional.of(new NodeStatusCommand());
            case "eval status", "eval-status" -> Optional.of(new EvalStatusCommand());
            case "sync status", "sync" -> Optional.of(new SyncStatusCommand());
            case "version", "--version", "-version" -> Optional.of(new VersionCommand());
            default -> Optional.empty();
        };
    }
}
