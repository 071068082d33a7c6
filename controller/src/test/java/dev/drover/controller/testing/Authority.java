package dev.drover.controller.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// Gives out certificates for a test: made by the JDK's own keytool, written as PEM files.
public final class Authority {
    private static final String PASSWORD = "nothing-secret";

    private final Path folder;
    private final Path store;

    private Authority(Path folder) {
        this.folder = folder;
        store = folder.resolve("authority.p12");
    }

    /// Files of one holder.
    public record Issued(Path certificate, Path key) {}

    /// A new one that keeps its files in a folder of its own.
    public static Authority in(Path folder) throws Exception {
        Authority authority = new Authority(Files.createDirectories(folder));
        authority.generate("ca", "-ext", "bc:c=ca:true");
        write(authority.certificate(), "CERTIFICATE", authority.chain("ca").getFirst());
        return authority;
    }

    /// Its own certificate.
    public Path certificate() {
        return folder.resolve("ca.pem");
    }

    /// One for that name, and for 127.0.0.1.
    public Issued issue(String name) throws Exception {
        generate(name, "-signer", "ca", "-ext", "san=ip:127.0.0.1,dns:" + name);
        Issued issued =
                new Issued(folder.resolve(name + ".pem"), folder.resolve(name + "-key.pem"));
        write(issued.certificate(), "CERTIFICATE", chain(name).getFirst());
        write(
                issued.key(),
                "PRIVATE KEY",
                open().getKey(name, PASSWORD.toCharArray()).getEncoded());
        return issued;
    }

    private void generate(String name, String... more) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-keystore",
                                store.toString(),
                                "-storepass",
                                PASSWORD,
                                "-alias",
                                name,
                                "-dname",
                                "CN=" + name,
                                "-keyalg",
                                "EC",
                                "-validity",
                                "2"));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("keytool: " + said);
        }
    }

    private List<byte[]> chain(String name) throws IOException, GeneralSecurityException {
        List<byte[]> chain = new ArrayList<>();
        for (Certificate certificate : open().getCertificateChain(name)) {
            chain.add(certificate.getEncoded());
        }
        return chain;
    }

    private KeyStore open() throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD.toCharArray());
            return keys;
        }
    }

    private static void write(Path file, String kind, byte[] content) throws IOException {
        String base64 = Base64.getMimeEncoder().encodeToString(content);
        Files.writeString(
                file, "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n");
    }
}
