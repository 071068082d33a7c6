package dev.drover.node.artifact;

import dev.drover.node.os.Unprivileged;
import io.airlift.compress.MalformedInputException;
import io.airlift.compress.zstd.ZstdInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.zip.ZipException;

/// The child process that unpacks zstd from its standard input to its standard output: see
/// [ZstdProcess].
public final class Unzstd {
    private Unzstd() {}

    /// Unpacks, as the user with the id that the argument names, if there is one. Exit status 0
    /// when all of it was unpacked.
    ///
    /// @param arguments the id of an unprivileged user, or nothing
    public static void main(String[] arguments) {
        try (InputStream in = new FileInputStream(FileDescriptor.in);
                OutputStream out = new FileOutputStream(FileDescriptor.out);
                PrintStream words = new PrintStream(new FileOutputStream(FileDescriptor.err))) {
            System.exit(run(arguments, in, out, words));
        } catch (IOException e) {
            System.exit(1); // nobody listens any more
        }
    }

    private static int run(
            String[] arguments, InputStream in, OutputStream out, PrintStream words) {
        try {
            if (arguments.length > 0) {
                Unprivileged.become(Integer.parseInt(arguments[0]));
            }
            new Checked(in).transferTo(out);
            return 0;
        } catch (IOException e) {
            words.println(e.getMessage());
            return 1;
        }
    }

    /// What is packed, unpacked. The library's stream says of broken data what nobody expects of a
    /// stream. A library's stream is filtered by extending another.
    static final class Checked extends FilterInputStream {
        Checked(InputStream packed) {
            super(new ZstdInputStream(packed));
        }

        @Override
        public int read() throws IOException {
            try {
                return super.read();
            } catch (MalformedInputException e) {
                throw said(e);
            }
        }

        @Override
        public int read(byte[] buffer, int from, int length) throws IOException {
            try {
                return super.read(buffer, from, length);
            } catch (MalformedInputException e) {
                throw said(e);
            }
        }

        /// Larger windows than 8 MiB, of `zstd --ultra` and `--long`, are among it.
        private static IOException said(MalformedInputException wrong) {
            return new ZipException("no zstd that is unpacked here: " + wrong.getMessage());
        }
    }
}
