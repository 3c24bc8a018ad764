package dev.kiln.node.system;

import dev.kiln.node.template.Templates;
import dev.kiln.profile.Seal;
import freemarker.template.Template;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was taken out of the image because it must differ from machine to machine, made again by
 * each machine before any ordinary service starts: a unit for each command, whatever it makes.
 */
final class SealedFiles {
  private static final Template UNIT = Templates.load("system/again.service.unit.ftl");

  private SealedFiles() {}

  static List<NodeFile> of(Rendering node) {
    Map<List<String>, List<String>> pathsByCommand = new LinkedHashMap<>();
    node.profile()
        .seals()
        .forEach(
            (path, seal) -> {
              if (seal instanceof Seal.Again again) {
                pathsByCommand
                    .computeIfAbsent(again.command(), unused -> new ArrayList<>())
                    .add(path.text());
              }
            });
    List<NodeFile> files = new ArrayList<>();
    pathsByCommand.forEach(
        (command, paths) -> {
          String name = "kiln-again-" + (files.size() / 2 + 1) + ".service";
          Unit unit = new Unit(paths.get(0), paths, command);
          files.add(node.units().unit(name, Templates.fill(UNIT, unit)));
          files.add(node.units().wantedBy("basic.target", name));
        });
    return files;
  }

  /** Values of the template. */
  public record Unit(String first, List<String> paths, List<String> command) {}
}
