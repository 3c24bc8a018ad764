package dev.kiln.bootserver.app;

import dev.kiln.failure.KilnException;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says whether files of directories may have changed, so that thousands of them need not be looked
 * at every few seconds. The system tells of most changes at once; those it cannot tell of (what a
 * link leads to, other hosts of a network file system) are found by a look at everything each
 * minute.
 */
final class ChangeWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ChangeWatch.class);
  private static final Duration LOOK_ANYWAY = Duration.ofMinutes(1);
  private static final WatchEvent.Kind<?>[] KINDS = {
    StandardWatchEventKinds.ENTRY_CREATE,
    StandardWatchEventKinds.ENTRY_MODIFY,
    StandardWatchEventKinds.ENTRY_DELETE
  };

  private final List<Path> directories;
  private final @Nullable WatchService service;
  private final LongSupplier nanos;
  private final Map<Path, String> known = new ConcurrentHashMap<>();
  private long lookedAt;

  private ChangeWatch(List<Path> directories, @Nullable WatchService service, LongSupplier nanos) {
    this.directories = List.copyOf(directories);
    this.service = service;
    this.nanos = nanos;
    this.lookedAt = nanos.getAsLong() - LOOK_ANYWAY.toNanos();
  }

  /**
   * Watches; where the system cannot, everything may always have changed.
   *
   * @param nanos counts nanoseconds, never back
   */
  static ChangeWatch of(List<Path> directories, LongSupplier nanos) {
    try {
      return new ChangeWatch(
          directories, directories.get(0).getFileSystem().newWatchService(), nanos);
    } catch (IOException e) {
      LOG.warn(
          "Files are looked at every few seconds, since they cannot be watched ({}). Raise"
              + " fs.inotify.max_user_instances where there are thousands of machines.",
          KilnException.reason(e));
      return new ChangeWatch(directories, null, nanos);
    }
  }

  /** Whether anything may have changed since this was true last; the first time it is. */
  boolean mayHaveChanged() {
    boolean told = tellsOfAnything();
    boolean another = isAnotherDirectory();
    if (service != null
        && !told
        && !another
        && nanos.getAsLong() - lookedAt < LOOK_ANYWAY.toNanos()) {
      return false;
    }
    lookedAt = nanos.getAsLong();
    return true;
  }

  private boolean tellsOfAnything() {
    boolean told = false;
    if (service != null) {
      List<WatchKey> keys = new ArrayList<>();
      for (WatchKey key = service.poll(); key != null; key = service.poll()) {
        keys.add(key);
      }
      for (WatchKey key : keys) {
        told |= !key.pollEvents().isEmpty();
        if (!key.reset()) {
          // The directory is gone: whatever is there next is watched anew.
          known.clear();
        }
      }
    }
    return told;
  }

  /** Made anew, or another behind a link: that one is watched from now on. */
  private boolean isAnotherDirectory() {
    boolean changed = false;
    for (Path directory : directories) {
      String now = identity(directory);
      if (!now.equals(known.put(directory, now))) {
        changed = true;
        watch(directory);
      }
    }
    return changed;
  }

  private void watch(Path directory) {
    try {
      if (service != null) {
        directory.toRealPath().register(service, KINDS);
      }
    } catch (IOException | ClosedWatchServiceException e) {
      // Looked at again next time.
      known.remove(directory);
    }
  }

  private static String identity(Path directory) {
    try {
      BasicFileAttributes found = Files.readAttributes(directory, BasicFileAttributes.class);
      return found.fileKey() + " " + found.lastModifiedTime();
    } catch (IOException e) {
      return "not there";
    }
  }

  @Override
  public void close() throws IOException {
    if (service != null) {
      service.close();
    }
  }
}
