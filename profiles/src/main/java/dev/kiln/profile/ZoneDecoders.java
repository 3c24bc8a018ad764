package dev.kiln.profile;

import dev.kiln.document.Decoder;
import dev.kiln.document.Decoders;
import dev.kiln.document.Fields;
import java.util.List;
import java.util.Map;

/** Decoders of zones. */
final class ZoneDecoders {
  /** The zones of a profile that names none. */
  static final Map<ZoneName, Zone> UNIVERSAL =
      Map.of(ZoneName.DEFAULT, Zone.universal(ZoneName.DEFAULT));

  private ZoneDecoders() {}

  static Decoder<Map<ZoneName, Zone>> zones() {
    return Decoders.namedMap(ZoneName::new, ZoneDecoders::zone);
  }

  private static Decoder<Zone> zone(String name) {
    return (node, problems) -> {
      Fields fields = new Fields(node, "a zone", problems);
      var timeZone = fields.required("timeZone", Decoders.text(Zone::timeZone));
      var timeServers =
          fields.optional("timeServers", Decoders.list(Decoders.text(Zone::host)), List.of());
      var mirrors =
          fields.optional(
              "mirrors",
              Decoders.map(Words::repositoryName, Decoders.text(Address::parse)),
              Map.of());
      var addresses =
          fields.optional(
              "addresses",
              Decoders.map(text -> Address.parse(text).toString(), Decoders.text(Address::parse)),
              Map.of());
      var goProxies =
          fields.optional("goProxies", Decoders.list(Decoders.text(Address::parse)), List.of());
      var registries =
          fields.optional(
              "registries",
              Decoders.map(Zone::registry, Decoders.list(Decoders.text(Address::parse))),
              Map.of());
      return fields.build(
          () ->
              new Zone(
                  new ZoneName(name),
                  timeZone.get(),
                  timeServers.get(),
                  mirrors.get(),
                  addresses.get(),
                  goProxies.get(),
                  registries.get()));
    };
  }
}
