package dev.kiln.builder.gomod;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kiln.builder.fetch.SmallAnswer;
import dev.kiln.failure.KilnException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares hashes with a checksum database. All of its records are proved to be in one tree, the
 * largest that it signed meanwhile: what it tells one module by, it tells all by.
 */
final class CompareChecksums {
  private final NoteKey key;
  private final ChecksumServer server;

  CompareChecksums(NoteKey key, ChecksumServer server) {
    this.key = key;
    this.server = server;
  }

  /**
   * Those that the database has too; it does not know the others.
   *
   * @throws KilnException of kind INPUT where it has another hash, or what answers lies; DEPENDENCY
   *     where it does not answer
   */
  List<ModuleSums> confirmed(List<ModuleSums> all) {
    Map<ModuleSums, SumRecord> records = new LinkedHashMap<>();
    for (ModuleSums sums : all) {
      record(sums).ifPresent(record -> records.put(sums, record));
    }
    records.forEach(this::requireSame);
    records.values().stream()
        .map(SumRecord::head)
        .max(Comparator.comparingLong(TreeHead::size))
        .ifPresent(head -> records.forEach((sums, record) -> requirePart(sums, record, head)));
    return List.copyOf(records.keySet());
  }

  private Optional<SumRecord> record(ModuleSums sums) {
    return server.lookup(sums) instanceof SmallAnswer.Given given
        ? Optional.of(SumRecord.parse(from(sums), new String(given.content(), UTF_8), key))
        : Optional.empty();
  }

  private void requireSame(ModuleSums sums, SumRecord record) {
    sums.hashes()
        .forEach(
            (entry, hash) -> {
              String there =
                  record
                      .of(entry)
                      .orElseThrow(
                          () ->
                              KilnException.input(
                                  from(sums) + " has no hash of " + entry,
                                  ChecksumDatabase.MEND_LIE));
              if (!there.equals(hash)) {
                throw KilnException.input(
                    entry + " has the hash " + hash + " here, and " + there + " in " + key.name(),
                    "Find out who changed it: whoever gave these files gives another module than"
                        + " everybody else got");
              }
            });
  }

  private void requirePart(ModuleSums sums, SumRecord record, TreeHead head) {
    InclusionProof proof = new InclusionProof(head.size(), record.number(), record.leaf());
    if (!proof.root(server).equals(head.root())) {
      throw KilnException.input(
          from(sums) + " is not in the tree that " + key.name() + " signed",
          ChecksumDatabase.MEND_LIE);
    }
  }

  /** The database's name. */
  @Override
  public String toString() {
    return key.name();
  }

  private String from(ModuleSums sums) {
    return "what " + key.name() + " is said to have of " + sums.name();
  }
}
