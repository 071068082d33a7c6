package dev.drover.node.driver.jail;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// Jails built by crun.
final class CrunDriverTest implements OciContract {
    @TempDir Path temp;
    private OciRig rig;

    @BeforeEach
    void open() throws Exception {
        rig = new OciRig(runtime(), temp);
    }

    @AfterEach
    void close() throws IOException {
        if (rig != null) {
            rig.close();
        }
    }

    @Override
    public OciRig rig() {
        return rig;
    }

    @Override
    public String runtime() {
        return "crun";
    }
}
