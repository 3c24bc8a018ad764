package dev.kiln.node.system;

import dev.kiln.document.Json;
import dev.kiln.node.template.Templates;
import dev.kiln.profile.KubernetesVersion;
import dev.kiln.profile.NodeSettings;
import freemarker.template.Template;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The kubelet's unit, and the part of its configuration that is the same in every cluster. */
final class KubeletFiles {
  private static final Template UNIT = Templates.load("system/kubelet.service.unit.ftl");
  private static final String ENDPOINT = "unix:///run/containerd/containerd.sock";

  private KubeletFiles() {}

  static List<NodeFile> of(Rendering node) {
    return node.profile()
        .kubernetes()
        .map(
            version ->
                List.of(
                    node.units()
                        .unit("kubelet.service", Templates.fill(UNIT, new Unit(flags(version)))),
                    node.units().enabled("kubelet.service"),
                    NodeFile.file("/etc/kubernetes/kubelet.yaml", configuration(node, version))))
        .orElse(List.of());
  }

  /** What the configuration file cannot say yet in older versions. */
  private static List<String> flags(KubernetesVersion version) {
    return version.atLeast(27)
        ? List.of()
        : version.atLeast(24)
            ? List.of("--container-runtime-endpoint=" + ENDPOINT)
            : List.of("--container-runtime=remote", "--container-runtime-endpoint=" + ENDPOINT);
  }

  /** JSON behind a comment is YAML, which is what the kubelet reads. */
  private static String configuration(Rendering node, KubernetesVersion version) {
    NodeSettings settings = node.profile().node();
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("apiVersion", "kubelet.config.k8s.io/v1beta1");
    config.put("kind", "KubeletConfiguration");
    config.put("cgroupDriver", settings.cgroupDriver().toString());
    if (version.atLeast(27)) {
      config.put("containerRuntimeEndpoint", ENDPOINT);
    }
    config.put("containerLogMaxSize", settings.containerLogs().maxSize());
    config.put("containerLogMaxFiles", settings.containerLogs().maxFiles());
    config.put("failSwapOn", true);
    if (resolves(node)) {
      // Its stub in /etc/resolv.conf answers on the node's own loopback, which no pod reaches.
      config.put("resolvConf", "/run/systemd/resolve/resolv.conf");
    }
    config.put("staticPodPath", "/etc/kubernetes/manifests");
    config.put("rotateCertificates", true);
    config.put("serverTLSBootstrap", true);
    config.put("readOnlyPort", 0);
    config.put("authentication", authentication());
    config.put("authorization", Map.of("mode", "Webhook"));
    return "# Written by Kiln: the kubelet's settings that are the same in every cluster.\n"
        + new String(Json.write(config), StandardCharsets.UTF_8);
  }

  private static boolean resolves(Rendering node) {
    return node.conventions().network() instanceof NetworkStyle.Networkd networkd
        && node.has(networkd.resolvedPackage());
  }

  private static Map<String, Object> authentication() {
    Map<String, Object> authentication = new LinkedHashMap<>();
    authentication.put("anonymous", Map.of("enabled", false));
    authentication.put("webhook", Map.of("enabled", true));
    authentication.put("x509", Map.of("clientCAFile", "/etc/kubernetes/pki/ca.crt"));
    return authentication;
  }

  /** Values of the template. */
  public record Unit(List<String> flags) {}
}
