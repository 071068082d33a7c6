package dev.drover.node.driver.fake;

import dev.drover.manifests.model.Value;
import dev.drover.node.driver.Driver;
import dev.drover.node.driver.DriverContract;
import dev.drover.node.driver.TaskFolders;
import dev.drover.node.driver.TaskRun;
import dev.drover.node.supervision.LogPlace;
import dev.drover.node.supervision.RunPlace;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

final class FakeDriverTest implements DriverContract {
    private final FakeDriver.World world = new FakeDriver.World();
    private int runs;

    @Override
    public Driver driver() {
        return new FakeDriver(world);
    }

    @Override
    public Driver reborn() {
        return new FakeDriver(world);
    }

    @Override
    public TaskRun run(Map<String, Value> config) {
        Path nowhere = Path.of("/nowhere");
        return new TaskRun(
                "alloc-web-" + runs++,
                config,
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                TaskRun.Own.NOTHING,
                new TaskFolders(nowhere, nowhere),
                new RunPlace(nowhere, new LogPlace(nowhere, "web", 1, 1), Optional.empty()));
    }

    @Override
    public Map<String, Value> exiting(int code) {
        return Map.of(
                "run_for_ms", DriverContract.number(1), "exit_code", DriverContract.number(code));
    }

    @Override
    public Map<String, Value> lasting() {
        return Map.of();
    }

    @Override
    public Map<String, Value> stubborn() {
        return Map.of("stubborn", new Value.Bool(true));
    }
}
