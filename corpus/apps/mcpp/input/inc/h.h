#ifndef H_H
#define H_H
#define H(x) h_##x
#endif
