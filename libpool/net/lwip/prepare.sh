#!/bin/sh
# prepare.sh SOURCE OUT ARCH LWIPOPTS CC NAMES
# lwIP's headers with our options, and edited sources. What facts decide is a
# constant for the linker (CFG_NET_*), where lwIP has #if: both sides compile.
set -e
src=$1 out=$2 options=$4 cc=$5 names=$6

mkdir -p "$out/include/arch"
cp -r "$src/include/." "$out/include"
cp "$cc" "$out/include/arch/cc.h"
# every global name becomes uc_lwip_NAME: programs have a tcp_input or an ip_data
{
    sed 's/.*/#define & uc_lwip_&/' "$names"
    cat "$options"
} > "$out/include/lwipopts.h"

# edit FILE SED-EXPRESSION...: changes a copy of a source, made if missing
edit() {
    file=$1
    shift
    mkdir -p "$out/$(dirname "$file")"
    [ -f "$out/$file" ] || cp "$src/$file" "$out/$file"
    for e; do
        sed -e "$e" "$out/$file" > "$out/edited"
        if cmp -s "$out/edited" "$out/$file"; then
            echo "prepare.sh: $file: no match for $e" >&2
            exit 1
        fi
        mv "$out/edited" "$out/$file"
    done
}

# guard FILE FUNCTION KNOB RESULT: without the knob it does no more than return
guard() {
    edit "$1" "/^\\(void \\)*$2(/,/^{/s/^{/{\\
  if (!CFG_NET_$3)\\
    return$4;/"
}

# ---- one of two versions of IP ----

edit include/lwip/ip_addr.h \
    's/^\(#define IP_GET_TYPE(ipaddr)\)  *((ipaddr)->type)/\1 (CFG_NET_IPV6 ? (ipaddr)->type : IPADDR_TYPE_V4)/'
edit include/lwip/ip.h 's/(ip6_current_header() != NULL)/(CFG_NET_IPV6 \&\& &)/'
edit core/ip.c 's/if (IP_HDR_GET_VERSION/if (CFG_NET_IPV6 \&\& IP_HDR_GET_VERSION/'
edit netif/ethernet.c 's/^    case PP_HTONS(ETHTYPE_IPV6):.*/&\
      if (!CFG_NET_IPV6)\
        goto free_and_return;/'
guard core/ipv6/nd6.c nd6_restart_netif IPV6
guard core/ipv6/nd6.c nd6_cleanup_netif IPV6
guard core/ipv6/mld6.c mld6_report_groups IPV6

# ---- protocols ----

known='UC_PROTOCOL('
edit core/ipv4/ip4.c "s/switch (IPH_PROTO(iphdr))/switch (${known}IPH_PROTO(iphdr)))/" \
    's/^        udp_input/        if (CFG_NET_UDP) udp_input/' \
    's/^        tcp_input/        if (CFG_NET_TCP) tcp_input/' \
    's/^        igmp_input/        if (CFG_NET_MULTICAST) igmp_input/' \
    's/if (IP_ACCEPT_LINK_LAYER_ADDRESSED_PORT(/if (CFG_NET_DHCP \&\& IP_ACCEPT_LINK_LAYER_ADDRESSED_PORT(/' \
    's/(inp->flags & NETIF_FLAG_IGMP)/(CFG_NET_MULTICAST \&\& &)/'
edit core/ipv6/ip6.c "s/switch (\\*nexth)/switch (${known}*nexth))/" \
    's/^      udp_input/      if (CFG_NET_UDP) udp_input/' \
    's/^      tcp_input/      if (CFG_NET_TCP) tcp_input/'
guard core/tcp.c tcp_netif_ip_addr_changed TCP
guard core/udp.c udp_netif_ip_addr_changed UDP
guard core/ipv4/dhcp.c dhcp_network_changed DHCP
guard core/ipv4/igmp.c igmp_start MULTICAST ' ERR_OK'
guard core/ipv4/igmp.c igmp_report_groups MULTICAST
guard core/netif.c netif_init LOOPBACK
guard core/netif.c netif_loop_output LOOPBACK ' ERR_RTE'
guard core/netif.c netif_poll LOOPBACK

# ---- what the socket layer needs ----

# a receive window for each connection
edit include/lwip/tcp.h \
    's/^  u32_t rcv_ann_right_edge;.*/&\
  tcpwnd_size_t wnd_max; \/* SO_RCVBUF *\//' \
    's/^\(#define TCP_WND_MAX(pcb)\) .*TF_WND_SCALE.*/\1 (((pcb)->flags \& TF_WND_SCALE) ? (pcb)->wnd_max : TCPWND_MIN16((pcb)->wnd_max))/' \
    's/u8_t backlog;/u16_t backlog;/' \
    's/u8_t accepts_pending;/u16_t accepts_pending;/'
edit core/tcp_in.c 's/rcv_ann_wnd = TCP_WND;/rcv_ann_wnd = TCP_WND_MAX(pcb);/' \
    's/if (pcb->accepts_pending >= pcb->backlog)/if (!uc_net_may_come(pcb, tcphdr))/' \
    's/^    npcb->listener = pcb;/&\
    uc_net_window(npcb);/'
edit core/tcp.c \
    's/^  pcb->rcv_wnd = pcb->rcv_ann_wnd = TCPWND_MIN16(TCP_WND);/  pcb->rcv_wnd = pcb->rcv_ann_wnd = TCPWND_MIN16(pcb->wnd_max);/' \
    's/^    pcb->rcv_wnd = pcb->rcv_ann_wnd = TCPWND_MIN16(TCP_WND);/    pcb->wnd_max = TCP_WND;\
&/'
# what ICMP says of datagrams
edit core/ipv4/icmp.c 's/^      if (type == ICMP_DUR) {/&\
        uc_net_unreachable(p);/'
edit core/ipv6/icmp6.c 's/^  case ICMP6_TYPE_EREQ:/  case ICMP6_TYPE_DUR:\
    uc_net_unreachable6(p);\
    pbuf_free(p);\
    break;\
&/'
# name servers
edit core/ipv4/dhcp.c 's/dns_setserver(n, &dns_addr)/uc_net_name_server(n, \&dns_addr)/' \
    's/^#define LWIP_DHCP_PROVIDE_DNS_SERVERS 0/#define LWIP_DHCP_PROVIDE_DNS_SERVERS 2/'

# A probe of a closed window is beyond it: what comes after that on its own is
# not, or it would not be taken, and both sides could wait for each other.
edit core/tcp_out.c \
    '/^tcp_send_empty_ack/,/^}/s/lwip_htonl(pcb->snd_nxt)/lwip_htonl(TCP_SEQ_GT(pcb->snd_nxt, pcb->lastack + pcb->snd_wnd) ? pcb->lastack + pcb->snd_wnd : pcb->snd_nxt)/'

# A peer without memory for what it let come takes its window back: as Linux,
# 0 is believed without anything new beside it.
edit core/tcp_in.c \
    's/(pcb->snd_wl2 == ackno \&\& (u32_t)SND_WND_SCALE(pcb, tcphdr->wnd) > pcb->snd_wnd)/(pcb->snd_wl2 == ackno \&\& ((u32_t)SND_WND_SCALE(pcb, tcphdr->wnd) > pcb->snd_wnd || (pcb->snd_wl1 == seqno \&\& !tcphdr->wnd)))/'

# What was to be sent again and found a closed window is still in the queue of
# what was not sent: before those after it, not after them, when they join it.
edit core/tcp_out.c 's/^  \/\* concatenate unsent queue after unacked queue \*\//\
  while (pcb->unsent != NULL \&\&\
         TCP_SEQ_LT(lwip_ntohl(pcb->unsent->tcphdr->seqno), lwip_ntohl(seg->tcphdr->seqno))) {\
    struct tcp_seg *early = pcb->unsent, **at = \&pcb->unacked;\
    pcb->unsent = early->next;\
    while (TCP_SEQ_LT(lwip_ntohl((*at)->tcphdr->seqno), lwip_ntohl(early->tcphdr->seqno))) {\
      at = \&(*at)->next;\
    }\
    early->next = *at;\
    *at = early;\
  }\
  if (pcb->unsent == NULL) {\
    pcb->unsent_oversize = 0;\
  }\
&/'

# Nor is it the end of what was written, which the next write or the end of the
# stream may be added to: they belong behind what is still on its way.
edit core/tcp_out.c \
    's/^    space = mss_local - (last_unsent->len + unsent_optlen);/&\
    if (lwip_ntohl(last_unsent->tcphdr->seqno) + TCP_TCPLEN(last_unsent) != pcb->snd_lbb) {\
      space = 0;\
    }/' \
    '/^tcp_send_fin/,/^}/s/if ((TCPH_FLAGS(last_unsent->tcphdr) & (TCP_SYN | TCP_FIN | TCP_RST)) == 0) {/if ((TCPH_FLAGS(last_unsent->tcphdr) \& (TCP_SYN | TCP_FIN | TCP_RST)) == 0 \&\&\
        lwip_ntohl(last_unsent->tcphdr->seqno) + last_unsent->len == pcb->snd_lbb) {/'

# What cannot leave at once is filled up by the writes that follow, Nagle's
# algorithm or not; else a segment is a chain of pieces of a few bytes.
edit core/tcp_out.c 's/^        (!(pcb->flags & TF_NODELAY) &&/        ((!(pcb->flags \& TF_NODELAY) || pcb->unsent != NULL) \&\&/'

# ---- many connections ----

# lists that are left, and connections that are found, in constant time:
# net/inet tcp_find.c
edit include/lwip/tcp.h 's/^  type \*next; .*/  type *next; type **link; \/* what points to it *\/ \\/' \
    's/^  u16_t remote_port;/&\
  struct tcp_pcb *same_hash, **hash_link;/'
edit include/lwip/priv/tcp_priv.h 's/^#else \/\* LWIP_DEBUG \*\//#elif 0/'
cat >> "$out/include/lwip/priv/tcp_priv.h" <<'END'
#define TCP_REG(pcbs, npcb) do { \
    (npcb)->next = *(pcbs); \
    if ((npcb)->next) \
        (npcb)->next->link = &(npcb)->next; \
    (npcb)->link = (pcbs); \
    *(pcbs) = (npcb); \
} while (0)
#define TCP_UNLINK(npcb) do { \
    if ((npcb)->next) \
        (npcb)->next->link = (npcb)->link; \
    if ((npcb)->link) \
        *(npcb)->link = (npcb)->next; \
} while (0)
#define TCP_RMV(pcbs, npcb) do { \
    TCP_UNLINK(npcb); \
    (npcb)->next = NULL; \
    (npcb)->link = NULL; \
} while (0)
END
edit include/lwip/priv/tcp_priv.h 's/TCP_REG(&tcp_active_pcbs, npcb); /uc_tcp_hash(npcb); &/'
edit core/tcp.c 's/^        \(prev->next\|tcp_active_pcbs\|tcp_tw_pcbs\) = pcb->next;/        TCP_UNLINK(pcb);/' \
    's/^  memp_free(MEMP_TCP_PCB, pcb);/  uc_tcp_unhash(pcb);\
&/'
edit core/tcp_in.c \
    's/for (pcb = tcp_active_pcbs; pcb != NULL; pcb = pcb->next)/for (pcb = uc_tcp_find(tcphdr->src, tcphdr->dest, 0); pcb != NULL; pcb = NULL)/' \
    's/for (pcb = tcp_tw_pcbs; pcb != NULL; pcb = pcb->next)/for (pcb = uc_tcp_find_waiting(tcphdr->src, tcphdr->dest, flags, seqno); pcb != NULL; pcb = NULL)/' \
    's/^      if (prev != NULL) {/      if (0) {/' \
    's/^    if (lpcb != NULL) {/    if (lpcb != NULL \&\& (!(flags \& TCP_ACK) || (pcb = uc_tcp_cookie(lpcb, seqno, ackno, tcphdr->src)) == NULL)) {/'
