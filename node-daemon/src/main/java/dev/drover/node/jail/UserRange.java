package dev.drover.node.jail;

/// The numbers that the users of a jail have on the host, where it has users of its own: 65,536 of
/// them, from `first` on. No file of the host belongs to any of them, so whoever gets out of such a
/// jail is nobody.
///
/// @param first what its root is on the host
public record UserRange(int first) {
    /// As many as a Unix system has in its oldest form; names like nobody are within.
    public static final int COUNT = 1 << 16;

    /// Where containers have theirs, as systemd's list of numbers says (UIDS-GIDS: 524,288 to
    /// 1,879,048,191): neither people nor services get numbers there.
    private static final int LEAST = 524_288;

    private static final int RANGES = (1_879_048_191 + 1 - LEAST) / COUNT;

    /// The one of a jail of that name. Two names seldom have the same; these two jails are then
    /// apart by all their other walls.
    public static UserRange of(String name) {
        return new UserRange(LEAST + Math.floorMod(name.hashCode(), RANGES) * COUNT);
    }
}
