package dev.drover.manifests;

import dev.drover.manifests.hcl.function.Files;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// The files beneath one folder.
record FolderFiles(Path folder) implements Files {

    @Override
    public byte[] read(String path) throws Refused {
        Path file = resolved(path);
        if (!java.nio.file.Files.isRegularFile(file)) {
            throw new Refused("there is no file " + path);
        }
        try {
            return java.nio.file.Files.readAllBytes(file);
        } catch (IOException e) {
            throw new Refused(path + " cannot be read: " + e.getMessage());
        }
    }

    @Override
    public boolean exists(String path) throws Refused {
        return java.nio.file.Files.isRegularFile(resolved(path));
    }

    @Override
    public List<String> matching(String in, String glob) throws Refused {
        throw new Refused("no globs in tests");
    }

    @Override
    public String absolute(String path) {
        return folder.resolve(path).normalize().toString();
    }

    private Path resolved(String path) throws Refused {
        Path file = folder.resolve(path).normalize();
        if (!file.startsWith(folder)) {
            throw new Refused(path + " is outside of the manifest's folder");
        }
        return file;
    }
}
