package dev.drover.manifests.hcl.function;

import java.util.List;

/// What `file()` and its friends may see. The reader itself opens nothing: the command line hands
/// in the manifest's folder, the server nothing at all. Implementations throw [Refused] with a
/// sentence for the author.
public interface Files {

    /// The bytes of a file; relative paths are meant from the manifest's folder.
    byte[] read(String path) throws Refused;

    /// Whether there is such a file.
    boolean exists(String path) throws Refused;

    /// The files beneath a folder that match a glob, relative to it, sorted.
    List<String> matching(String folder, String glob) throws Refused;

    /// The path from the root of the file system, normalised.
    String absolute(String path) throws Refused;

    /// A file that is not there or may not be read.
    final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        /// `why` is a sentence for the author of the manifest.
        public Refused(String why) {
            super(why, null, false, false);
        }

        /// The sentence.
        public String why() {
            return String.valueOf(getMessage());
        }
    }

    /// No files: what the server gives.
    static Files none() {
        return new NoFiles();
    }

    /// Refuses everything.
    record NoFiles() implements Files {
        private static Refused refused() {
            return new Refused("files can be read only where the manifest is, not on the server");
        }

        @Override
        public byte[] read(String path) throws Refused {
            throw refused();
        }

        @Override
        public boolean exists(String path) throws Refused {
            throw refused();
        }

        @Override
        public List<String> matching(String folder, String glob) throws Refused {
            throw refused();
        }

        @Override
        public String absolute(String path) throws Refused {
            throw refused();
        }
    }
}
