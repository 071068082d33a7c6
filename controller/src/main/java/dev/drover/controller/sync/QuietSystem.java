package dev.drover.controller.sync;

import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/// What JGit may see of the machine: no configuration of the system or of a user, and no file of
/// its own in anybody's home. JGit keeps the one it uses in a static field, so it is installed
/// once, by the wiring.
public final class QuietSystem extends SystemReader.Delegate {

    private QuietSystem(SystemReader machine) {
        super(machine);
    }

    /// Makes JGit see no more than this.
    public static void install() {
        SystemReader.setInstance(new QuietSystem(SystemReader.getInstance()));
    }

    @Override
    public @Nullable String getenv(String variable) {
        boolean hidden =
                variable.startsWith("GIT_")
                        || variable.startsWith("XDG_")
                        || variable.equals("HOME");
        return hidden ? null : super.getenv(variable);
    }

    @Override
    public FileBasedConfig openUserConfig(Config parent, FS fs) {
        return new NoConfig(parent, fs);
    }

    @Override
    public FileBasedConfig openSystemConfig(Config parent, FS fs) {
        return new NoConfig(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(Config parent, FS fs) {
        return new NoConfig(parent, fs);
    }

    /// A configuration that is empty and is never written. JGit asks for a subclass of its file.
    private static final class NoConfig extends FileBasedConfig {
        NoConfig(Config parent, FS fs) {
            super(parent, null, fs);
        }

        @Override
        public void load() {}

        @Override
        public void save() {}

        @Override
        public boolean isOutdated() {
            return false;
        }
    }
}
