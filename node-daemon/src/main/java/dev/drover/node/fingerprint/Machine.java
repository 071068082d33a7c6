package dev.drover.node.fingerprint;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The machine as its kernel describes it.
///
/// @param mhz of one core, when the kernel says so
record Machine(
        int cores,
        Optional<Integer> mhz,
        int memoryMib,
        boolean root,
        Map<String, String> attributes) {

    private static final Path CPUINFO = Path.of("/proc/cpuinfo");
    private static final Path MEMINFO = Path.of("/proc/meminfo");
    private static final Path OS_RELEASE = Path.of("/etc/os-release");

    static Machine read() throws IOException {
        Map<String, String> cpu = pairs(Files.readString(CPUINFO), ":");
        Map<String, String> memory = pairs(Files.readString(MEMINFO), ":");
        Map<String, String> os =
                Files.exists(OS_RELEASE) ? pairs(Files.readString(OS_RELEASE), "=") : Map.of();
        int cores = Runtime.getRuntime().availableProcessors();
        long kib = Long.parseLong(memory.getOrDefault("MemTotal", "0 kB").replace(" kB", ""));
        Optional<Integer> mhz =
                Optional.ofNullable(cpu.get("cpu MHz")).map(m -> (int) Double.parseDouble(m));
        String user = System.getProperty("user.name", "");
        SortedMap<String, String> attributes = new TreeMap<>();
        attributes.put("kernel.name", System.getProperty("os.name", "").toLowerCase(Locale.ROOT));
        attributes.put("kernel.version", System.getProperty("os.version", ""));
        attributes.put("os.name", os.getOrDefault("ID", "unknown"));
        attributes.put("os.version", os.getOrDefault("VERSION_ID", "unknown"));
        attributes.put("cpu.arch", System.getProperty("os.arch", ""));
        attributes.put("cpu.numcores", Integer.toString(cores));
        attributes.put("cpu.modelname", cpu.getOrDefault("model name", "unknown"));
        mhz.ifPresent(m -> attributes.put("cpu.frequency", m.toString()));
        attributes.put("memory.totalbytes", Long.toString(kib << 10));
        attributes.put("unique.hostname", hostname());
        return new Machine(cores, mhz, (int) (kib >> 10), user.equals("root"), attributes);
    }

    /// What the machine calls itself.
    static String hostname() throws IOException {
        Path kernel = Path.of("/proc/sys/kernel/hostname");
        return Files.exists(kernel)
                ? Files.readString(kernel).strip()
                : InetAddress.getLocalHost().getHostName();
    }

    /// `name: value` or `NAME="value"`; the first of each name.
    static Map<String, String> pairs(String text, String between) {
        Map<String, String> pairs = new TreeMap<>();
        text.lines()
                .map(line -> line.split(between, 2))
                .filter(pair -> pair.length == 2)
                .forEach(pair ->
                        pairs.putIfAbsent(pair[0].strip(), pair[1].strip().replace("\"", "")));
        return pairs;
    }
}
