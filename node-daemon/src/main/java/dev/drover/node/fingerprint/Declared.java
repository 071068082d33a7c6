package dev.drover.node.fingerprint;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a node's operators say that it has, since the machine itself does not tell.
///
/// @param devices that jobs may ask for
public record Declared(List<Declared.Device> devices) {
    /// What most operators say.
    public static final Declared NOTHING = new Declared(List.of());

    private static final Pattern DEVICE =
            Pattern.compile(
                    "([a-z0-9_.-]+)/([a-z0-9_.-]+)/([A-Za-z0-9_. -]+)=(/dev/[^,]+)((?:,[^,=]+=[^,=]*)*)");

    /// Takes a copy.
    public Declared {
        devices = List.copyOf(devices);
    }

    /// A device that the machine does not tell apart from others.
    ///
    /// @param file its node in `/dev`
    /// @param attributes what a job's constraints may ask of it
    public record Device(
            String vendor, String type, String model, Path file, Map<String, String> attributes) {
        /// Takes a copy.
        public Device {
            attributes = Map.copyOf(attributes);
        }
    }

    /// As operators write it.
    ///
    /// @param devices each `vendor/type/name=/dev/x[,attribute=value…]`
    /// @throws IllegalArgumentException when one of them is nothing of the kind: all of them
    public static Declared of(List<String> devices) {
        List<String> wrong = new ArrayList<>();
        List<Device> read = new ArrayList<>();
        for (String text : devices) {
            Matcher parts = DEVICE.matcher(text);
            if (parts.matches()) {
                read.add(device(parts));
            } else {
                wrong.add(
                        "\""
                                + text
                                + "\" is no device: vendor/type/name=/dev/x[,attribute=value…]");
            }
        }
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", wrong));
        }
        return new Declared(read);
    }

    private static Device device(Matcher parts) {
        Map<String, String> attributes = new TreeMap<>();
        for (String pair : parts.group(5).split(",", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                attributes.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
        return new Device(
                parts.group(1),
                parts.group(2),
                parts.group(3),
                Path.of(parts.group(4)),
                attributes);
    }
}
