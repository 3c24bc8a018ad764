package dev.kiln.bootserver.dhcp;

class LeasesInMemoryTest extends LeasesContract {
  @Override
  protected Leases empty() {
    return new LeasesInMemory();
  }
}
