package dev.drover.node.fingerprint;

import dev.drover.manifests.model.NodeDevice;
import dev.drover.node.driver.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The devices of a machine that are handed out to one task at a time: its display controllers and
/// 3D controllers, and what its operators name.
///
/// @param models what the server is told; sorted by name
/// @param named by the whole name, `vendor/type/model/id`
/// @param missing what operators named and is not there
record Devices(List<NodeDevice> models, SortedMap<String, Device> named, List<String> missing) {
    /// Display controllers, 3D controllers and what else has a screen, as PCI counts classes.
    private static final String DISPLAY = "0x03";

    /// Those of PCI's vendors that make them, by what people call them.
    private static final Map<String, String> VENDORS =
            Map.of("0x10de", "nvidia", "0x1002", "amd", "0x8086", "intel");

    private static final String GPU = "gpu";

    /// What every program that uses a GPU of NVIDIA opens beside the GPU's own node.
    private static final List<String> NVIDIA_SHARED =
            List.of("nvidiactl", "nvidia-uvm", "nvidia-uvm-tools");

    /// Takes copies.
    Devices {
        models = List.copyOf(models);
        named = Collections.unmodifiableSortedMap(new TreeMap<>(named));
        missing = List.copyOf(missing);
    }

    /// One that was found.
    private record Found(String model, SortedMap<String, String> attributes, Device device) {
        String name() {
            return device.vendor() + "/" + device.type() + "/" + model;
        }
    }

    /// Looks beneath `root`, which is `/` but in tests.
    static Devices look(Path root, Declared declared) throws IOException {
        List<Found> found = new ArrayList<>();
        Path bus = root.resolve("sys/bus/pci/devices");
        if (Files.isDirectory(bus)) {
            try (Stream<Path> all = Files.list(bus)) {
                for (Path device : all.sorted().toList()) {
                    gpu(root, device).ifPresent(found::add);
                }
            }
        }
        List<String> missing = new ArrayList<>();
        for (Declared.Device device : declared.devices()) {
            Path file = root.resolve(device.file().toString().substring(1));
            if (Files.exists(file)) {
                found.add(named(device));
            } else {
                missing.add("the device " + device.file() + " is not there");
            }
        }
        return of(found, missing);
    }

    private static Found named(Declared.Device device) {
        Path file = device.file();
        String id = Path.of("/dev").relativize(file.normalize()).toString().replace('/', '-');
        return new Found(
                device.model(),
                new TreeMap<>(device.attributes()),
                new Device(device.vendor(), device.type(), id, List.of(file)));
    }

    private static Devices of(List<Found> found, List<String> missing) {
        SortedMap<String, NodeDevice> models = new TreeMap<>();
        SortedMap<String, Device> named = new TreeMap<>();
        for (Found one : found) {
            List<String> ids =
                    new ArrayList<>(
                            Optional.ofNullable(models.get(one.name()))
                                    .map(NodeDevice::ids)
                                    .orElse(List.of()));
            ids.add(one.device().id());
            models.put(
                    one.name(),
                    new NodeDevice(
                            one.device().vendor(),
                            one.device().type(),
                            one.model(),
                            one.attributes(),
                            ids));
            named.put(one.name() + "/" + one.device().id(), one.device());
        }
        return new Devices(List.copyOf(models.values()), named, missing);
    }

    /// A display controller that has a driver: without one there is nothing to open.
    private static Optional<Found> gpu(Path root, Path device) throws IOException {
        if (!word(device.resolve("class")).startsWith(DISPLAY)) {
            return Optional.empty();
        }
        String address = String.valueOf(device.getFileName());
        String code = word(device.resolve("vendor"));
        String vendor = VENDORS.getOrDefault(code, code);
        SortedMap<String, String> attributes = new TreeMap<>();
        attributes.put("pci_id", code + ":" + word(device.resolve("device")));
        Path vram = device.resolve("mem_info_vram_total"); // AMD's driver says it
        if (Files.exists(vram)) {
            attributes.put("memory", (Long.parseLong(word(vram)) >> 20) + " MiB");
        }
        Path told = root.resolve("proc/driver/nvidia/gpus").resolve(address).resolve("information");
        Map<String, String> nvidia =
                Files.exists(told) ? Machine.pairs(Files.readString(told), ":") : Map.of();
        List<Path> files = new ArrayList<>(nvidiaFiles(root, nvidia));
        files.addAll(drawing(device));
        if (files.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Found(
                        nvidia.getOrDefault("Model", word(device.resolve("device")))
                                .replace('/', '-'),
                        attributes,
                        new Device(vendor, GPU, nvidia.getOrDefault("GPU UUID", address), files)));
    }

    private static List<Path> nvidiaFiles(Path root, Map<String, String> told) {
        List<Path> files = new ArrayList<>();
        Optional.ofNullable(told.get("Device Minor"))
                .ifPresent(minor -> {
                    files.add(Path.of("/dev/nvidia" + minor));
                    NVIDIA_SHARED.stream()
                            .filter(name -> Files.exists(root.resolve("dev").resolve(name)))
                            .map(name -> Path.of("/dev", name))
                            .forEach(files::add);
                });
        return files;
    }

    /// Its nodes of the direct rendering manager: `card0`, `renderD128`.
    private static List<Path> drawing(Path device) throws IOException {
        Path drm = device.resolve("drm");
        if (!Files.isDirectory(drm)) {
            return List.of();
        }
        try (Stream<Path> nodes = Files.list(drm)) {
            return nodes.map(node -> String.valueOf(node.getFileName()))
                    .filter(name -> name.matches("(card|renderD)[0-9]+"))
                    .sorted()
                    .map(name -> Path.of("/dev/dri", name))
                    .toList();
        }
    }

    private static String word(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file).strip() : "";
    }
}
