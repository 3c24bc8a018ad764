package dev.kiln.bootserver.lease;

class LeasesInMemoryTest extends LeasesContract {
  @Override
  protected Servers start(TestClock clock) {
    LeasesInMemory leases = new LeasesInMemory(clock);
    return new Servers(leases, leases);
  }
}
