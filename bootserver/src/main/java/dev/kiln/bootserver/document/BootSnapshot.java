package dev.kiln.bootserver.document;

import dev.kiln.bootserver.boot.AssignBoot;
import dev.kiln.bootserver.boot.ImageCatalogue;
import dev.kiln.bootserver.machine.Inventory;

/**
 * Machines, groups and images at one time, with the decisions and documents that follow from them.
 * Immutable, and exchanged whole: whoever holds one sees nothing half changed.
 */
public record BootSnapshot(
    Inventory inventory,
    ImageCatalogue.Snapshot images,
    AssignBoot assign,
    BootDocuments documents) {}
