package dev.drover.node.fingerprint;

import dev.drover.manifests.model.HostVolume;
import dev.drover.manifests.model.Port;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a node's operators say that it has, since the machine itself does not tell.
///
/// @param devices that jobs may ask for
/// @param networks by the name that ports use: an address of the machine, a range that holds one
///   (`10.0.0.0/8`), or the interface that has one
/// @param volumes folders that jobs may mount, by the name that they use
public record Declared(
        List<Declared.Device> devices,
        SortedMap<String, String> networks,
        SortedMap<String, HostVolume> volumes) {
    /// What most operators say.
    public static final Declared NOTHING =
            new Declared(List.of(), new TreeMap<>(), new TreeMap<>());

    private static final Pattern DEVICE =
            Pattern.compile(
                    "([a-z0-9_.-]+)/([a-z0-9_.-]+)/([A-Za-z0-9_. -]+)=(/dev/[^,]+)((?:,[^,=]+=[^,=]*)*)");

    private static final Pattern VOLUME = Pattern.compile("([A-Za-z0-9_-]{1,128})=(/[^,]*)(,ro)?");

    private static final Pattern NETWORK = Pattern.compile("([A-Za-z0-9_-]+)=([A-Za-z0-9.:@/_-]+)");

    /// Takes copies.
    public Declared {
        devices = List.copyOf(devices);
        networks = Collections.unmodifiableSortedMap(new TreeMap<>(networks));
        volumes = Collections.unmodifiableSortedMap(new TreeMap<>(volumes));
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
    /// @param networks each `name=10.0.0.0/8`, `name=10.0.0.7` or `name=eth1`
    /// @param volumes each `name=/folder`, with `,ro` behind it where no job may write
    /// @throws IllegalArgumentException when one of them is nothing of the kind: all of them
    public static Declared of(List<String> devices, List<String> networks, List<String> volumes) {
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
        SortedMap<String, String> named = new TreeMap<>();
        for (String text : networks) {
            Matcher parts = NETWORK.matcher(text);
            if (!parts.matches()) {
                wrong.add("\"" + text + "\" is no network: name=10.0.0.0/8, or name=eth1");
            } else if (parts.group(1).equals(Port.DEFAULT_NETWORK)) {
                wrong.add("\"" + text + "\": default is the network of the node's own address");
            } else {
                named.put(parts.group(1), parts.group(2));
            }
        }
        SortedMap<String, HostVolume> folders = new TreeMap<>();
        for (String text : volumes) {
            Matcher parts = VOLUME.matcher(text);
            if (!parts.matches()) {
                wrong.add("\"" + text + "\" is no volume: name=/folder, or name=/folder,ro");
            } else if (folders.containsKey(parts.group(1))) {
                wrong.add("\"" + text + "\": another folder is called so");
            } else {
                folders.put(parts.group(1), new HostVolume(parts.group(2), parts.group(3) != null));
            }
        }
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", wrong));
        }
        return new Declared(read, named, folders);
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
