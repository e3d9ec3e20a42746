package gatehouse.api.webhook;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;

/**
 * Which addresses are the internet's. Everything else (the special-purpose registries of RFC 6890
 * and later) is somebody's inside: this machine, its network, or the cloud's own services.
 */
final class PublicAddresses {

  private static final List<Block> FORBIDDEN_4 =
      List.of(
          Block.of(8, 0),
          Block.of(8, 10),
          // Shared by carriers and clouds; one cloud's metadata is here.
          Block.of(10, 100, 64),
          Block.of(8, 127),
          // Link-local; most clouds' metadata is here.
          Block.of(16, 169, 254),
          Block.of(12, 172, 16),
          Block.of(24, 192, 0, 0),
          Block.of(24, 192, 0, 2),
          Block.of(24, 192, 88, 99),
          Block.of(16, 192, 168),
          Block.of(15, 198, 18),
          Block.of(24, 198, 51, 100),
          Block.of(24, 203, 0, 113),
          // A cloud's own service under an address that looks public.
          Block.of(32, 168, 63, 129, 16),
          // Multicast, reserved, broadcast.
          Block.of(3, 224));

  private static final Block GLOBAL_6 = Block.of(3, 0x20);

  /** Of the global ones: tunnels and documentation. The ones that map IPv4 are not global. */
  private static final List<Block> FORBIDDEN_6 =
      List.of(
          Block.of(23, 0x20, 0x01, 0x00, 0x00),
          Block.of(32, 0x20, 0x01, 0x0d, 0xb8),
          Block.of(16, 0x20, 0x02),
          Block.of(20, 0x3f, 0xff));

  private PublicAddresses() {}

  /** Whether the address is a public one. */
  static boolean contain(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (address instanceof Inet4Address) {
      return FORBIDDEN_4.stream().noneMatch(block -> block.contains(bytes));
    }
    return GLOBAL_6.contains(bytes)
        && FORBIDDEN_6.stream().noneMatch(block -> block.contains(bytes));
  }

  private record Block(int bits, List<Integer> start) {

    static Block of(int bits, Integer... start) {
      return new Block(bits, List.of(start));
    }

    boolean contains(byte[] address) {
      for (int bit = 0; bit < bits; bit++) {
        int at = bit / 8;
        int mask = 0x80 >> (bit % 8);
        int wanted = at < start.size() ? start.get(at) : 0;
        if ((address[at] & mask) != (wanted & mask)) {
          return false;
        }
      }
      return true;
    }
  }
}
