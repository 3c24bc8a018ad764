package dev.kiln.builder.bake;

import dev.kiln.builder.cache.Cache;
import dev.kiln.builder.cache.Scratch;
import dev.kiln.builder.kernel.KernelFiles;
import dev.kiln.builder.kit.Kit;
import dev.kiln.builder.layer.SquashfsCompression;
import dev.kiln.builder.packages.PathTimes;
import dev.kiln.builder.packages.ReadyPackage;
import dev.kiln.builder.progress.Progress;
import dev.kiln.file.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Makes the {@code os} layer: the steps from packages to a squashfs and a kernel. */
final class AssembleOs {
  private final Cache cache;
  private final Tools tools;
  private final SystemTree.Room room;
  private final Progress progress;

  AssembleOs(Cache cache, Tools tools, SystemTree.Room room, Progress progress) {
    this.cache = cache;
    this.tools = tools;
    this.room = room;
    this.progress = progress;
  }

  /**
   * Takes it from the cache, where it is made if it is not there yet.
   *
   * @param beside what is begun as soon as the kernel is known
   * @param read waits until nobody of these reads the kernel's files any more
   */
  OsLayer assemble(OsRecipe recipe, Beside<TakenKernel> beside, Runnable read) {
    Digest key = recipe.key(tools);
    OsLayer layer =
        new OsLayer(
            cache.hashedEntry(
                "os-layer",
                key,
                target -> {
                  Files.createDirectory(target);
                  Map<String, Digest> hashed = make(recipe, new Target(key, target), beside);
                  // They are read where they are now, and go into the cache with the layer.
                  read.run();
                  return hashed;
                }));
    beside.begin(layer.taken());
    return layer;
  }

  /** Where it is made. */
  private record Target(Digest key, Path entry) {}

  private Map<String, Digest> make(OsRecipe recipe, Target target, Beside<TakenKernel> beside)
      throws IOException {
    Kit kit = tools.kit();
    progress.step("check-packages", () -> ReadyPackage.checkAll(recipe.packages()));
    try (Scratch scratch = cache.scratch(OsLayer.NAME);
        SystemTree system = new SystemTree(kit, scratch, room)) {
      OsTree tree = begin(recipe, system);
      tree.install(progress);
      Path place = target.entry().resolve(OsLayer.KERNEL);
      KernelFiles kernel = progress.step("take-kernel", () -> tree.takeKernel(place));
      progress.detail(kernel.codecs().words());
      SquashfsCompression compression = SquashfsCompression.of(kernel.codecs().squashfs());
      beside.begin(new TakenKernel(target.key(), compression, () -> kernel));
      progress.step("seal", tree::seal).write(target.entry());
      return progress.step("pack", () -> tree.pack(target.key(), compression, target.entry()));
    }
  }

  /** What packages say of their files is read while the base system is. */
  private OsTree begin(OsRecipe recipe, SystemTree system) {
    try (Beside<OsRecipe> reading = new Beside<>()) {
      Beside.Work<PathTimes> times = reading.then(OsRecipe::times);
      reading.begin(recipe);
      BaseSystem base = base(recipe.base());
      progress.step("check-base", base::check);
      return new OsTree(recipe, base, system, times.result());
    }
  }

  private BaseSystem base(BaseRecipe recipe) {
    return new BaseSystem(
        recipe,
        cache.entry(
            BaseSystem.KIND,
            recipe.key(tools),
            target -> {
              try (Scratch scratch = cache.scratch(BaseSystem.KIND);
                  SystemTree system = new SystemTree(tools.kit(), scratch, room)) {
                BaseSystem.make(recipe, system, progress, target);
              }
            }));
  }
}
