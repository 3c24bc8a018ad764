# Written by Kiln: the kubelet starts once the machine is enrolled, and before that it is no failure.
[Unit]
Description=Kubernetes kubelet
Documentation=https://kubernetes.io/docs/reference/command-line-tools-reference/kubelet/
Wants=containerd.service network-online.target
After=containerd.service network-online.target
ConditionPathExists=|/etc/kubernetes/bootstrap-kubelet.conf
ConditionPathExists=|/etc/kubernetes/kubelet.conf

[Service]
ExecStart=/usr/bin/kubelet \
  --config=/etc/kubernetes/kubelet.yaml \
  --kubeconfig=/etc/kubernetes/kubelet.conf \
<#list flags as flag>
  [=flag] \
</#list>
  --bootstrap-kubeconfig=/etc/kubernetes/bootstrap-kubelet.conf
Restart=always
RestartSec=5

[Install]
WantedBy=multi-user.target
