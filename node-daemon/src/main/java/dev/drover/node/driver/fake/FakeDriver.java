package dev.drover.node.driver.fake;

import dev.drover.manifests.model.DriverState;
import dev.drover.manifests.model.Exit;
import dev.drover.node.driver.Config;
import dev.drover.node.driver.Driver;
import dev.drover.node.driver.Recovery;
import dev.drover.node.driver.Start;
import dev.drover.node.driver.TaskRun;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// Runs nothing, and behaves as its config says: ends after `run_for_ms` (never when absent) with
/// `exit_code`, ignores every signal but a kill when `stubborn` is true, and refuses to start with
/// `start_error`.
public final class FakeDriver implements Driver {
    private static final Set<String> KEYS =
            Set.of("run_for_ms", "exit_code", "stubborn", "start_error");

    private final World world;

    /// What goes on while no daemon looks.
    public static final class World {
        private final ConcurrentMap<String, FakeTask> tasks = new ConcurrentHashMap<>();
    }

    /// In a world of its own, or in the one an earlier driver has left.
    public FakeDriver(World world) {
        this.world = world;
    }

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public DriverState fingerprint() {
        return new DriverState(true, "", Map.of());
    }

    @Override
    public Start start(TaskRun run) {
        try {
            Config config = new Config(run.config()).only(KEYS);
            Optional<String> error = config.optionalText("start_error");
            if (error.isPresent()) {
                return new Start.Refused(error.get());
            }
            FakeTask fresh =
                    new FakeTask(
                            number(config, "run_for_ms").map(Duration::ofMillis),
                            new Exit.Code(number(config, "exit_code").orElse(0L).intValue()),
                            config.optionalText("stubborn").orElse("false").equals("true"));
            FakeTask earlier = world.tasks.putIfAbsent(run.id(), fresh);
            if (earlier == null) {
                fresh.begin();
            }
            return new Start.Started(earlier == null ? fresh : earlier);
        } catch (Config.Mistake mistake) {
            return new Start.Refused(mistake.because());
        }
    }

    @Override
    public Recovery recover(TaskRun run) {
        return Optional.ofNullable(world.tasks.get(run.id()))
                .<Recovery>map(Recovery.Found::new)
                .orElseGet(Recovery.NeverStarted::new);
    }

    private static Optional<Long> number(Config config, String key) throws Config.Mistake {
        Optional<String> text = config.optionalText(key);
        try {
            return text.map(Long::valueOf);
        } catch (NumberFormatException e) {
            throw new Config.Mistake("config." + key + " must be a whole number");
        }
    }
}
