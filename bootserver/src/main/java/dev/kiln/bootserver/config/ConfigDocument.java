package dev.kiln.bootserver.config;

import static dev.kiln.document.Decoders.flag;
import static dev.kiln.document.Decoders.integer;
import static dev.kiln.document.Decoders.list;
import static dev.kiln.document.Decoders.text;

import dev.kiln.bootserver.boot.LoaderName;
import dev.kiln.bootserver.lease.LeaseTime;
import dev.kiln.bootserver.net.InterfaceName;
import dev.kiln.bootserver.net.Ipv4Address;
import dev.kiln.bootserver.net.Ipv4Network;
import dev.kiln.bootserver.net.Ipv4Range;
import dev.kiln.document.Decoder;
import dev.kiln.document.Fields;
import dev.kiln.document.Located;
import dev.kiln.document.Node;
import dev.kiln.document.Problems;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The configuration file as it is written: every value is well formed, nothing is compared yet. */
record ConfigDocument(
    Network network, Dhcp dhcp, boolean tftp, Http http, Directories directories, Loaders loaders) {

  record Network(
      Located<InterfaceName> interfaceName,
      Located<Ipv4Address> address,
      Located<Ipv4Network> subnet,
      Optional<Located<Ipv4Address>> router,
      Located<List<Ipv4Address>> dns,
      Optional<Located<String>> domain) {}

  record Dhcp(boolean enabled, Optional<Located<Ipv4Range>> pool, LeaseTime leaseTime) {
    static final Dhcp DEFAULT =
        new Dhcp(true, Optional.empty(), new LeaseTime(Duration.ofHours(1)));
  }

  record Http(Optional<Ipv4Address> address, int port) {
    static final Http DEFAULT = new Http(Optional.empty(), 8080);
  }

  record Directories(
      Located<Path> images, Located<Path> state, Located<Path> machines, Located<Path> groups) {}

  record Loaders(Optional<Located<Path>> directory, LoaderName bios, LoaderName uefi) {
    static final Loaders DEFAULT =
        new Loaders(Optional.empty(), new LoaderName("undionly.kpxe"), new LoaderName("ipxe.efi"));
  }

  /** Reads the whole document; relative paths start at {@code base}. */
  static Optional<ConfigDocument> decode(Node node, Path base, Problems problems) {
    Fields fields = new Fields(node, "the configuration", problems);
    var network = fields.required("network", ConfigDocument::network);
    var dhcp = fields.optional("dhcp", ConfigDocument::dhcp, Dhcp.DEFAULT);
    var tftp = fields.optional("tftp", ConfigDocument::tftp, true);
    var http = fields.optional("http", ConfigDocument::http, Http.DEFAULT);
    var directories = fields.required("directories", (n, p) -> directories(n, base, p));
    var loaders = fields.optional("loaders", (n, p) -> loaders(n, base, p), Loaders.DEFAULT);
    return fields.build(
        () ->
            new ConfigDocument(
                network.get(),
                dhcp.get(),
                tftp.get(),
                http.get(),
                directories.get(),
                loaders.get()));
  }

  private static Optional<Network> network(Node node, Problems problems) {
    Fields fields = new Fields(node, "'network'", problems);
    var name = fields.required("interface", Located.decoder(text(InterfaceName::new)));
    var address = fields.required("address", Located.decoder(text(Ipv4Address::parse)));
    var subnet = fields.required("subnet", Located.decoder(text(Ipv4Network::parse)));
    var router = fields.optional("router", Located.decoder(text(Ipv4Address::parse)));
    var dns =
        fields.optional(
            "dns",
            Located.decoder(list(text(Ipv4Address::parse))),
            new Located<>(node.position(), List.of()));
    var domain = fields.optional("domain", Located.decoder(text()));
    return fields.build(
        () ->
            new Network(
                name.get(), address.get(), subnet.get(), router.get(), dns.get(), domain.get()));
  }

  private static Optional<Dhcp> dhcp(Node node, Problems problems) {
    Fields fields = new Fields(node, "'dhcp'", problems);
    var enabled = fields.optional("enabled", flag(), true);
    var pool = fields.optional("pool", Located.decoder(text(Ipv4Range::parse)));
    var leaseTime = fields.optional("leaseTime", text(LeaseTime::parse), Dhcp.DEFAULT.leaseTime());
    return fields.build(() -> new Dhcp(enabled.get(), pool.get(), leaseTime.get()));
  }

  private static Optional<Boolean> tftp(Node node, Problems problems) {
    Fields fields = new Fields(node, "'tftp'", problems);
    var enabled = fields.optional("enabled", flag(), true);
    return fields.build(enabled::get);
  }

  private static Optional<Http> http(Node node, Problems problems) {
    Fields fields = new Fields(node, "'http'", problems);
    var address = fields.optional("address", text(Ipv4Address::parse));
    var port = fields.optional("port", integer(1, 65_535), Http.DEFAULT.port());
    return fields.build(() -> new Http(address.get(), port.get()));
  }

  private static Optional<Directories> directories(Node node, Path base, Problems problems) {
    Fields fields = new Fields(node, "'directories'", problems);
    var images = fields.required("images", path(base));
    var state = fields.required("state", path(base));
    var machines = fields.required("machines", path(base));
    var groups = fields.required("groups", path(base));
    return fields.build(
        () -> new Directories(images.get(), state.get(), machines.get(), groups.get()));
  }

  private static Optional<Loaders> loaders(Node node, Path base, Problems problems) {
    Fields fields = new Fields(node, "'loaders'", problems);
    var directory = fields.optional("directory", path(base));
    var bios = fields.optional("bios", text(LoaderName::new), Loaders.DEFAULT.bios());
    var uefi = fields.optional("uefi", text(LoaderName::new), Loaders.DEFAULT.uefi());
    return fields.build(() -> new Loaders(directory.get(), bios.get(), uefi.get()));
  }

  private static Decoder<Located<Path>> path(Path base) {
    return Located.decoder(text(name -> base.resolve(directoryName(name)).normalize()));
  }

  /** An empty one would be the configuration's own directory. */
  private static String directoryName(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("a directory has a name");
    }
    return text;
  }
}
