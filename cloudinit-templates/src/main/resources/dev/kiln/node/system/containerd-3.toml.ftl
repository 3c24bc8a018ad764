# Written by Kiln: containerd 2.x, its control groups made by the kubelet's driver, [=driver].
version = 3

[plugins."io.containerd.internal.v1.opt"]
  path = "/var/lib/containerd/opt"
<#if sandboxImage??>

[plugins."io.containerd.cri.v1.images".pinned_images]
  sandbox = "[=sandboxImage]"
</#if>

[plugins."io.containerd.cri.v1.images".registry]
  config_path = "/etc/containerd/certs.d"

[plugins."io.containerd.cri.v1.runtime".cni]
<#if listsPluginDirectories>
  bin_dirs = ["/opt/cni/bin"]
<#else>
  bin_dir = "/opt/cni/bin"
</#if>
  conf_dir = "/etc/cni/net.d"

[plugins."io.containerd.cri.v1.runtime".containerd.runtimes.runc]
  # Options without a type are ignored.
  runtime_type = "io.containerd.runc.v2"

  [plugins."io.containerd.cri.v1.runtime".containerd.runtimes.runc.options]
    SystemdCgroup = [=systemd?c]
