"""The recurrence of the encoder as an autograd function around sru.c, compiled on first use."""
import ctypes, hashlib, pathlib, subprocess, tempfile

import torch

_SOURCE = pathlib.Path(__file__).with_name('sru.c')


def _load():
    tag = hashlib.sha256(_SOURCE.read_bytes()).hexdigest()[:16]
    built = pathlib.Path(tempfile.gettempdir()) / f'dateline-sru-{tag}.so'
    if not built.exists():
        part = built.with_suffix('.part')
        subprocess.run(['gcc', '-O3', '-march=native', '-ffast-math', '-shared', '-fPIC', str(_SOURCE), '-o', str(part)], check=True)
        part.rename(built)
    return ctypes.CDLL(str(built))


_lib = _load()


def _p(t):
    return ctypes.c_void_p(t.data_ptr())


class SruFunction(torch.autograd.Function):
    """Input u [T,B,2,3,H], x [T,B,2,H], v and b [2,2,H], lengths [B] (int32); output [T,B,2,H]."""

    @staticmethod
    def forward(ctx, u, x, v, b, lengths):
        u, x, v, b = u.contiguous(), x.contiguous(), v.contiguous(), b.contiguous()
        assert all(t.dtype == torch.float32 for t in (u, x, v, b)) and lengths.dtype == torch.int32
        T, B, _, _, H = u.shape
        c, h = torch.empty_like(x), torch.empty_like(x)
        _lib.forward(T, B, H, _p(u), _p(x), _p(v), _p(b), _p(lengths), _p(c), _p(h))
        ctx.save_for_backward(u, x, v, b, lengths, c)
        return h

    @staticmethod
    def backward(ctx, dh):
        u, x, v, b, lengths, c = ctx.saved_tensors
        dh = dh.contiguous()
        T, B, _, _, H = u.shape
        du, dx, dv, db = torch.empty_like(u), torch.empty_like(x), torch.empty_like(v), torch.empty_like(b)
        _lib.backward(T, B, H, _p(u), _p(x), _p(v), _p(b), _p(lengths), _p(c), _p(dh), _p(du), _p(dx), _p(dv), _p(db))
        return du, dx, dv, db, None


sru = SruFunction.apply
