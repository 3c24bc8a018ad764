package dev.kiln.bootserver.machine;

class RegistryInMemoryTest extends MachineRegistryContract {
  @Override
  protected Servers start() {
    RegistryInMemory registry = new RegistryInMemory();
    return new Servers(registry, registry);
  }
}
