package dev.drover.manifests.validate;

import dev.drover.manifests.model.ExecConfig;
import dev.drover.manifests.model.FakeConfig;
import dev.drover.manifests.model.JailConfig;
import dev.drover.manifests.model.JavaConfig;
import dev.drover.manifests.model.RawExecConfig;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// The drivers whose config is described by a record.
public final class DriverConfigs {
    private static final Map<String, Class<? extends Record>> CONFIGS =
            Map.of(
                    "raw_exec", RawExecConfig.class,
                    "exec", ExecConfig.class,
                    "java", JavaConfig.class,
                    "fake", FakeConfig.class,
                    "jail", JailConfig.class,
                    "jail-task-driver", JailConfig.class);

    private DriverConfigs() {}

    /// The record of a driver's config.
    public static Optional<Class<? extends Record>> of(String driver) {
        return Optional.ofNullable(CONFIGS.get(driver));
    }

    /// The drivers' names.
    public static SortedSet<String> names() {
        return new TreeSet<>(CONFIGS.keySet());
    }
}
